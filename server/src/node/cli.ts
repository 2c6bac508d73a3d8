import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { parentPort } from "node:worker_threads";
import packageJson from "../../../package.json" with { type: "json" };
import { analyze, type AnalyzeOptions, FAIL_LEVELS, FORMATS, type Output } from "./analyze.ts";
import { hasTransport, startNodeServer, TRANSPORTS } from "./nodeServer.ts";
import { serveThread } from "./parseWorker.ts";
import { UsageError } from "./usageError.ts";

const USAGE = `goroutine-dump ${packageJson.version}: reads Go goroutine dumps of any form.

Usage:
  goroutine-dump analyze [options] FILE...   what the dumps hold and what looks wrong; - reads standard input
  goroutine-dump lsp TRANSPORT               the language server: ${TRANSPORTS.join(", ")}
  goroutine-dump --help | --version

Options of analyze:
  --format text|json|sarif          how to print (default text)
  --source DIR                      where the program's source is; may be given several times
  --base FILE                       compare with an earlier dump
  --series                          compare the FILEs with each other, in time order
  --all-ids                         list every goroutine id, not only the first ten
  --no-ignore                       report what .goroutine-dump-ignore expects, too
  --fail-on proven|strong|suspect|none
                                    exit with 1 when a finding is at least that sure (default none)

Exit status: 0 nothing at or above --fail-on, 1 findings at or above it, 2 wrong usage or unreadable input.
`;

const OUTPUT: Output = {
  print: (text) => void process.stdout.write(text),
  warn: (sentence) => void process.stderr.write(`goroutine-dump: ${sentence}\n`),
};

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case "analyze":
      // Most objects die young; a larger semi-space costs memory and gains nothing (measured).
      setFlagsFromString("--semi-space-growth-factor=1");
      return analyze(readOptions(rest), OUTPUT);
    case "lsp":
      if (!hasTransport(rest)) throw new UsageError(`lsp needs to know how to talk: ${TRANSPORTS.join(", ")}`);
      startNodeServer();
      return 0;
    case "--version":
      process.stdout.write(`${packageJson.version}\n`);
      return 0;
    case "--help":
    case "-h":
      process.stdout.write(USAGE);
      return 0;
    default:
      throw new UsageError(command === undefined ? "a command is missing" : `there is no command ${command}`);
  }
}

function readOptions(args: readonly string[]): AnalyzeOptions {
  const { values, positionals } = parse(args);
  if (values.base !== undefined && values.series) throw new UsageError("--base and --series exclude each other");
  if (positionals.length === 0) throw new UsageError("analyze needs at least one FILE, or - for standard input");
  return {
    files: positionals,
    format: oneOf("--format", FORMATS, values.format),
    base: values.base ?? null,
    isSeries: values.series,
    sources: values.source,
    allIds: values["all-ids"],
    isIgnoring: !values["no-ignore"],
    failOn: oneOf("--fail-on", FAIL_LEVELS, values["fail-on"]),
    version: packageJson.version,
    homepage: packageJson.homepage,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: "string", default: "text" },
        source: { type: "string", multiple: true, default: [] },
        base: { type: "string" },
        series: { type: "boolean", default: false },
        "all-ids": { type: "boolean", default: false },
        "no-ignore": { type: "boolean", default: false },
        "fail-on": { type: "string", default: "none" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function oneOf<T extends string>(option: string, values: readonly T[], value: string): T {
  const known = values.find((each) => each === value);
  if (known === undefined) throw new UsageError(`${option} is one of ${values.join(", ")}, not ${value}`);
  return known;
}

function runMain(): void {
  main(process.argv.slice(2)).then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(
        `goroutine-dump: ${message}\n${error instanceof UsageError ? "Try goroutine-dump --help.\n" : ""}`,
      );
      process.exitCode = 2;
    },
  );
}

// The server starts this bundle again on another thread for each large parse.
if (parentPort === null) runMain();
else serveThread(parentPort);
