import { realpathSync } from "node:fs";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Agent } from "./agent.ts";
import { DumpStore } from "./dumpStore.ts";
import { createMcpServer } from "./server.ts";

/** Serves assistants over standard input and output; files below `roots` may be read. */
export function serveMcp(roots: readonly string[], agent: Agent): void {
  const store = new DumpStore(
    roots.map((root) => realpathSync(root)),
    agent.analyseFile,
  );
  serveStdio(() => createMcpServer({ store, agent }));
}
