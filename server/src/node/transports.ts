/** How the server can talk to its client; each as an argument of the process. */
export const TRANSPORTS = ["--stdio", "--node-ipc", "--socket=PORT", "--pipe=NAME"] as const;

/** Whether the arguments of a process say how to talk to a client. */
export function hasTransport(args: readonly string[]): boolean {
  return args.some((arg) => /^--(?:stdio|node-ipc|socket|pipe)(?:=|$)/.test(arg));
}
