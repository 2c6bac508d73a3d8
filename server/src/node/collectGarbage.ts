/**
 * Gives free memory back to the system. V8 collects garbage as it allocates: an idle process would keep a dump that was
 * closed until the next one is opened.
 */
export async function collectGarbage(): Promise<void> {
  // Not when the server starts: few sessions need it, and not every build of Node has it.
  const { Session } = await import("node:inspector/promises");
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.collectGarbage");
  // In a turn of its own: within the answer's, disconnecting waits for itself.
  setImmediate(() => session.disconnect());
}
