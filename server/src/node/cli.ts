import { analyzeCommand } from "./commands/analyze.ts";
import type { Command } from "./commands/command.ts";
import { lspCommand } from "./commands/lsp.ts";
import { StandardOutput } from "./standardOutput.ts";
import { closest } from "./closest.ts";
import { InputError, UsageError } from "./usageError.ts";

/**
 * The commands, by name. Most of the time of a small dump is loading code: that of the other commands is in bundles of its
 * own (`scripts/lib/bundles.mjs`).
 */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["analyze", () => Promise.resolve(analyzeCommand)],
  ["report", async () => (await import("./commands/report.ts")).reportCommand],
  ["redact", async () => (await import("./commands/redact.ts")).redactCommand],
  ["convert", async () => (await import("./commands/convert.ts")).convertCommand],
  ["capture", async () => (await import("./commands/capture.ts")).captureCommand],
  ["fleet", async () => (await import("./commands/fleet.ts")).fleetCommand],
  ["lsp", () => Promise.resolve(lspCommand)],
  ["mcp", async () => (await import("./commands/mcp.ts")).mcpCommand],
]);

/** Runs what the arguments name; gives the exit status. */
async function main(args: readonly string[], output: StandardOutput): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined) throw new UsageError("a command is missing");
  const help = await helpAskedFor(first, rest);
  if (help === null) return (await commandOf(first)).run(rest, output);
  await output.print(help);
  return 0;
}

/** What to print instead of running a command; null: nothing, run it. */
async function helpAskedFor(first: string, rest: readonly string[]): Promise<string | null> {
  const isAboutAll = ["--help", "-h", "help", "--version", "-v"].includes(first);
  if (!isAboutAll && !isAskingForHelp(rest)) return null;
  const { helpFor, helpForAll, versionText } = await import("./commands/help.ts");
  if (first === "--version" || first === "-v") return versionText();
  if (!isAboutAll) return helpFor(await commandOf(first));
  const about = rest.find((arg) => !arg.startsWith("-"));
  if (first === "help" && about !== undefined) return helpFor(await commandOf(about));
  return helpForAll(await Promise.all([...COMMANDS.values()].map((load) => load())));
}

async function commandOf(name: string): Promise<Command> {
  const load = COMMANDS.get(name);
  if (load === undefined) throw new UsageError(`there is no command ${name}: ${insteadOf(name)}`);
  return load();
}

function insteadOf(name: string): string {
  // A name with a dot or a slash is that of a file.
  if (/[./]/.test(name)) return `is goroutine-dump analyze ${name} meant?`;
  const meant = closest(name, [...COMMANDS.keys()]);
  return meant === undefined ? `there are ${[...COMMANDS.keys()].join(", ")}` : `is ${meant} meant?`;
}

/** What stands behind `--` is a file, whatever its name. */
function isAskingForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? undefined : end).some((arg) => arg === "--help" || arg === "-h");
}

async function runMain(): Promise<void> {
  const output = new StandardOutput();
  try {
    const status = await main(process.argv.slice(2), output);
    // What could not be read may hold what --fail-on asks for.
    process.exitCode = output.hasUnreadable ? 2 : status;
  } catch (error) {
    output.warn(error instanceof Error ? error.message : String(error));
    if (error instanceof UsageError && !(error instanceof InputError)) output.warn(`Try ${helpOf(process.argv[2])}.`);
    process.exitCode = 2;
  }
}

/** The help that is about what was asked for. */
function helpOf(command: string | undefined): string {
  return `goroutine-dump ${command !== undefined && COMMANDS.has(command) ? `${command} ` : ""}--help`;
}

void runMain();
