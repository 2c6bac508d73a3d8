import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as answers from "../../service/agent/answers.ts";
import * as listings from "../../service/agent/listings.ts";
import { analyseFile } from "../analyseFile.ts";
import type * as mcp from "../mcp/main.ts";
import { UsageError } from "../usageError.ts";
import { type Command, readOptions } from "./command.ts";

/** The bundle that holds the protocol's library: no other command loads it. */
const BUNDLE = join(__dirname, "mcp.js");

/** Serves assistants that speak the Model Context Protocol. */
export const mcpCommand: Command = {
  name: "mcp",
  synopsis: "[--root DIR]...",
  summary: "a server for assistants: Model Context Protocol over standard input and output",
  options: `\
  --root DIR                        folder below which dumps may be read; may be given several times (default: this one)`,
  run(args) {
    const { values, positionals } = readOptions(args, { root: { type: "string", multiple: true, default: [] } });
    if (positionals.length > 0) throw new UsageError("mcp takes no files: assistants name them");
    const roots = values.root.length === 0 ? [process.cwd()] : values.root;
    for (const root of roots) if (!isFolder(root)) throw new UsageError(`--root ${root}: there is no such folder`);
    if (!existsSync(BUNDLE))
      throw new UsageError("the extension comes without it: install the npm package goroutine-dump-navigator");
    const { serveMcp } = createRequire(BUNDLE)(BUNDLE) as typeof mcp;
    serveMcp(roots, { ...answers, ...listings, analyseFile });
    return 0;
  },
};

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
