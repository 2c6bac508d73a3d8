import { hasTransport, startNodeServer, TRANSPORTS } from "../nodeServer.ts";
import { UsageError } from "../usageError.ts";
import type { Command } from "./command.ts";

/** Starts the language server. */
export const lspCommand: Command = {
  name: "lsp",
  synopsis: "TRANSPORT",
  summary: `the language server: ${TRANSPORTS.join(", ")}`,
  options: "",
  run(args) {
    if (!hasTransport(args)) throw new UsageError(`lsp needs to know how to talk: ${TRANSPORTS.join(", ")}`);
    startNodeServer();
    return 0;
  },
};
