import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { callTool } from "../service/agent/callTool.ts";
import { schemaOf } from "../service/agent/toolInput.ts";
import { TOOLS } from "../service/agent/tools.ts";
import { DumpStore } from "./dumpStore.ts";
import type * as mcp from "./mcp/main.ts";

/** The bundle that holds the protocol's library: nothing else loads it. */
const BUNDLE = join(import.meta.dirname, "mcp.js");

/** Serves assistants that speak the Model Context Protocol, over standard input and output; files below `roots` may be read. */
export function serveAssistants(roots: readonly string[]): void {
  const store = new DumpStore(roots.map((root) => realpathSync(root)));
  const tools = TOOLS.map(({ name, title, description, parameters }) => {
    return { name, title, description, inputSchema: schemaOf(parameters) };
  });
  const load = createRequire(BUNDLE);
  const { version } = load("../../package.json") as { readonly version: string };
  const { serveMcp } = load(BUNDLE) as typeof mcp;
  serveMcp({ version, tools, call: (name, input) => callTool(name, input, store) });
}
