/** How the server can talk to its client; each as an argument of the process. */
export const TRANSPORTS = ["--stdio", "--node-ipc", "--socket=PORT", "--pipe=NAME"] as const;

/** Whether the arguments of a process say how to talk to a client. */
export function hasTransport(args: readonly string[]): boolean {
  return args.some((arg, index) => {
    const [, name, value = args[index + 1] ?? ""] = /^--(stdio|node-ipc|socket|pipe)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === "socket") return /^[1-9]\d{0,4}$/.test(value) && Number(value) < 65_536;
    return name !== undefined && (name !== "pipe" || value !== "");
  });
}
