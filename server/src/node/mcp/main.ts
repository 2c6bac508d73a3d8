import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Agent } from "./agent.ts";
import { createMcpServer } from "./server.ts";

/** Serves assistants over standard input and output. */
export function serveMcp(agent: Agent): void {
  serveStdio(() => createMcpServer(agent));
}
