import { parentPort } from "node:worker_threads";
import packageJson from "../../../package.json" with { type: "json" };
import { analyzeCommand } from "./commands/analyze.ts";
import { captureCommand } from "./commands/capture.ts";
import type { Command } from "./commands/command.ts";
import { convertCommand } from "./commands/convert.ts";
import { fleetCommand } from "./commands/fleet.ts";
import { helpFor, helpForAll } from "./commands/help.ts";
import { lspCommand } from "./commands/lsp.ts";
import { redactCommand } from "./commands/redact.ts";
import { reportCommand } from "./commands/report.ts";
import { mcpCommand } from "./commands/mcp.ts";
import { serveThread } from "./parseWorker.ts";
import { StandardOutput } from "./standardOutput.ts";
import { UsageError } from "./usageError.ts";

const COMMANDS: readonly Command[] = [
  analyzeCommand,
  reportCommand,
  redactCommand,
  convertCommand,
  captureCommand,
  fleetCommand,
  lspCommand,
  mcpCommand,
];

/** Runs what the arguments name; gives the exit status. */
async function main(args: readonly string[], output: StandardOutput): Promise<number> {
  const say = (text: string): Promise<number> => output.print(text).then(() => 0);
  const [first, ...rest] = args;
  if (first === undefined) throw new UsageError("a command is missing");
  if (first === "--version" || first === "-v") return say(`${packageJson.version}\n`);
  if (first === "--help" || first === "-h") return say(helpForAll(COMMANDS));
  if (first === "help") return say(rest[0] === undefined ? helpForAll(COMMANDS) : helpFor(commandOf(rest[0])));
  const command = commandOf(first);
  return isAskingForHelp(rest) ? say(helpFor(command)) : command.run(rest, output);
}

function commandOf(name: string): Command {
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) throw new UsageError(`there is no command ${name}`);
  return command;
}

/** What stands behind `--` is a file, whatever its name. */
function isAskingForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? undefined : end).some((arg) => arg === "--help" || arg === "-h");
}

async function runMain(): Promise<void> {
  const output = new StandardOutput();
  try {
    process.exitCode = await main(process.argv.slice(2), output);
  } catch (error) {
    output.warn(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError) output.warn("Try goroutine-dump --help.");
    process.exitCode = 2;
  }
}

// The server starts this bundle again on another thread for each large parse.
if (parentPort === null) void runMain();
else serveThread(parentPort);
