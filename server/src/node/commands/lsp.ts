import { createRequire } from "node:module";
import { join } from "node:path";
import { hasTransport, TRANSPORTS } from "../transports.ts";
import { UsageError } from "../usageError.ts";
import type { Command } from "./command.ts";

/** The extension's server: it finds its transport in the arguments itself. */
const SERVER = join(import.meta.dirname, "server.js");

/** Starts the language server. */
export const lspCommand: Command = {
  name: "lsp",
  synopsis: "TRANSPORT",
  summary: `the language server: ${TRANSPORTS.join(", ")}`,
  options: "",
  status: "",
  run(args, output) {
    if (!hasTransport(args)) throw new UsageError(`lsp needs to know how to talk: ${TRANSPORTS.join(", ")}`);
    if (args.includes("--node-ipc") && process.send === undefined)
      throw new UsageError("--node-ipc is for a process that another one of Node has started");
    // Who is told to exit does so at once: here nothing is left to wait for.
    process.once("beforeExit", () => {
      output.warn("the client cannot be reached, or it has gone without a word");
      process.exitCode = 2;
    });
    createRequire(SERVER)(SERVER);
    return 0;
  },
};
