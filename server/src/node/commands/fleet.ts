import { visibleJson } from "../../core/text/visible.ts";
import type { FleetReport } from "../../output/fleet.ts";
import { fleetMarkdown, fleetText } from "../../service/fleet/fleetReport.ts";
import { FAIL_LEVELS, isAtLeast } from "../failLevel.ts";
import { readFleet } from "../fleet.ts";
import { UsageError } from "../usageError.ts";
import { type Command, oneOf, readOptions } from "./command.ts";

const FORMATS = ["text", "json", "markdown"] as const;

/** Says at which places the goroutines of many hosts pile up. */
export const fleetCommand: Command = {
  name: "fleet",
  synopsis: "[options] DIR|-",
  summary: "where goroutines pile up over many hosts; - reads names of files",
  options: `\
  --format text|json|markdown       how to print (default text)
  --since TIME                      places that were not seen before come first, e.g. 2026-11-20T08:00Z
  --places N                        places listed at most (default 50)
  --fail-on proven|strong|suspect|none
                                    exit with 1 when a finding is at least that sure (default none)`,
  async run(args, output) {
    const { values, positionals } = readOptions(fleetCommand, args, {
      format: { type: "string", default: "text" },
      since: { type: "string" },
      places: { type: "string", default: "50" },
      "fail-on": { type: "string", default: "none" },
    });
    const [source, ...others] = positionals;
    if (source === undefined || others.length > 0)
      throw new UsageError("fleet needs one folder, or - for names of files");
    const format = oneOf("--format", FORMATS, values.format);
    const failOn = oneOf("--fail-on", FAIL_LEVELS, values["fail-on"]);
    const view = { since: readTime(values.since), places: readCount(values.places) };
    const report = await readFleet(source, view, output);
    await output.print(render(report, format));
    const levels = ["suspect", "strong", "proven"] as const;
    return levels.some((level) => report.findings[level] > 0 && isAtLeast(level, failOn)) ? 1 : 0;
  },
};

function render(report: FleetReport, format: (typeof FORMATS)[number]): string {
  if (format === "json") return `${visibleJson(JSON.stringify(report))}\n`;
  return format === "text" ? fleetText(report) : fleetMarkdown(report);
}

function readTime(text: string | undefined): number | null {
  if (text === undefined) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new UsageError(`--since is a time such as 2026-11-20T08:00Z, not ${text}`);
  return time;
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new UsageError(`--places is a whole number above zero, not ${text}`);
  return count;
}
