import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { createRawSession, type RawMessage, type RawSession } from "./rawSession.ts";

/** Starts a script of Node's that is a language server, and a session over its standard input and output. */
export function startStdioServer(
  script: string,
  args: readonly string[],
): { server: ChildProcessWithoutNullStreams; session: RawSession } {
  const server = spawn(process.execPath, [script, ...args]);
  onTestFinished(() => {
    server.kill();
  });
  const session = createRawSession((message) => {
    const body = Buffer.from(JSON.stringify(message));
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    server.stdin.write(body);
  });
  let received = Buffer.alloc(0);
  server.stdout.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n(?:.+\r\n)*\r\n/.exec(received.toString("latin1"));
      if (header === null) return;
      const start = header[0].length;
      const end = start + Number(header[1]);
      if (received.length < end) return;
      session.receive(JSON.parse(received.subarray(start, end).toString()) as RawMessage);
      received = received.subarray(end);
    }
  });
  return { server, session };
}
