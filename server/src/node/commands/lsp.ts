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
  run(args) {
    if (!hasTransport(args)) throw new UsageError(`lsp needs to know how to talk: ${TRANSPORTS.join(", ")}`);
    createRequire(SERVER)(SERVER);
    return 0;
  },
};
