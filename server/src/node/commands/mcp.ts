import { expectFolder } from "../expectFolder.ts";
import { serveAssistants } from "../serveAssistants.ts";
import { UsageError } from "../usageError.ts";
import { type Command, readOptions } from "./command.ts";

/** Serves assistants that speak the Model Context Protocol. */
export const mcpCommand: Command = {
  name: "mcp",
  synopsis: "[--root DIR]...",
  summary: "a server for assistants: Model Context Protocol over standard input and output",
  options: `\
  --root DIR                        folder below which dumps may be read; may be given several times (default: this one)`,
  status: "",
  run(args) {
    const { values, positionals } = readOptions(mcpCommand, args, {
      root: { type: "string", multiple: true, default: [] },
    });
    if (positionals.length > 0) throw new UsageError("mcp takes no files: assistants name them");
    const roots = values.root.length === 0 ? [process.cwd()] : values.root;
    for (const root of roots) expectFolder("--root", root);
    serveAssistants(roots);
    return 0;
  },
};
