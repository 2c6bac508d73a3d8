import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { capture } from "../capture.ts";
import { readTargets } from "../captureTarget.ts";
import { standardInput } from "../standardInput.ts";
import { cannotRead, InputError, inputName, UsageError } from "../usageError.ts";
import { type Command, readOptions } from "./command.ts";
import { readLabel } from "./convert.ts";

/** Takes dumps of many programs at once. */
export const captureCommand: Command = {
  name: "capture",
  synopsis: "--targets FILE|- --out DIR [options] [-- COMMAND]",
  summary: "dumps of many running programs into a folder",
  options: `\
  --targets FILE|-                  one target a line: HOST:PORT, an address, or what COMMAND gets; labels behind it
  --out DIR                         where the dumps and manifest.jsonl are written; a second run goes on
  --parallel N                      targets at a time (default 8)
  --timeout SECONDS                 for each target (default 30)
  --retries N                       for each target (default 2)
  --max-mb N                        of one dump (default 256)
  --label KEY=VALUE                 for all targets; may be given several times
  -- COMMAND                        a program that prints the dump; {target} stands for the target, e.g.
                                    -- kubectl get --raw /api/v1/namespaces/shop/pods/{target}:6060/proxy/debug/pprof/goroutine?debug=2`,
  status: "Exit status: 0 all dumps came, 1 some did not, 2 wrong usage, or a folder that cannot be written.\n",
  async run(args, output) {
    const end = args.indexOf("--");
    const command = end < 0 ? null : args.slice(end + 1);
    const { values, positionals } = readOptions(captureCommand, end < 0 ? args : args.slice(0, end), {
      targets: { type: "string" },
      out: { type: "string" },
      parallel: { type: "string", default: "8" },
      timeout: { type: "string", default: "30" },
      retries: { type: "string", default: "2" },
      "max-mb": { type: "string", default: "256" },
      label: { type: "string", multiple: true, default: [] },
    });
    const [other] = positionals;
    if (other !== undefined) throw new UsageError(`capture takes no ${other}: a command stands behind --`);
    if (values.targets === undefined || values.out === undefined)
      throw new UsageError("capture needs --targets and --out");
    if (command !== null && (command[0] ?? "") === "") throw new UsageError("behind -- a command is missing");
    const targets = readTargets(await readList(values.targets), command === null);
    if (targets.length === 0) throw new InputError(`${inputName(values.targets)} names no target`);
    if (command !== null && targets.length > 1 && !command.some((part) => part.includes("{target}")))
      throw new UsageError(
        `the command is the same for all ${targets.length} targets: write {target} where one stands`,
      );
    const { captured, skipped, failed } = await capture(
      {
        targets,
        folder: values.out,
        command,
        parallel: wholeNumber("--parallel", values.parallel, 1, 256),
        timeoutMs: wholeNumber("--timeout", values.timeout, 1, 3600) * 1000,
        retries: wholeNumber("--retries", values.retries, 0, 100),
        maxBytes: wholeNumber("--max-mb", values["max-mb"], 1, 4096) * 1024 ** 2,
        labels: Object.fromEntries(values.label.map(readLabel)),
      },
      output,
    );
    await output.print(`${captured} captured, ${skipped} were there already, ${failed} failed\n`);
    return failed === 0 ? 0 : 1;
  },
};

async function readList(source: string): Promise<string> {
  try {
    return source === "-" ? await text(standardInput()) : await readFile(source, "utf8");
  } catch (error) {
    throw cannotRead(source, error);
  }
}

function wholeNumber(option: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
  throw new UsageError(`${option} is a whole number from ${least} to ${most}, not ${value}`);
}
