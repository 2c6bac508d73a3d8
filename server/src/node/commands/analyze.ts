import { setFlagsFromString } from "node:v8";
import { type Filter, parseFilter } from "../../core/group/filterQuery.ts";
import { english } from "../../core/text/say.ts";
import { analyze } from "../analyze.ts";
import { FAIL_LEVELS } from "../failLevel.ts";
import { FORMATS } from "../renderReport.ts";
import { UsageError } from "../usageError.ts";
import { type Command, oneOf, readOptions, someFiles } from "./command.ts";

/** Says what dumps hold and what looks wrong. */
export const analyzeCommand: Command = {
  name: "analyze",
  synopsis: "[options] FILE...",
  summary: "what the dumps hold and what looks wrong; - reads standard input",
  options: `\
  --format text|json|sarif|github|markdown
                                    how to print (default text); github: annotations, markdown: a job's summary
  --source DIR                      where the program's source is; may be given several times
  --rev REVISION                    what the program was built from, a tag or commit of the repository of --source
                                    (default: the one that fits is looked for)
  --tee                             with -: pass standard input through to standard error as it comes, report behind it
  --base FILE                       compare with an earlier dump
  --series                          compare the FILEs with each other, in time order
  --filter QUERY                    goroutines that match, e.g. 'state:"chan send" wait:>10m or has:finding'
  --all-ids                         list every goroutine id, not only the first ten
  --no-ignore                       report what .goroutine-dump-ignore expects, too
  --fail-on proven|strong|suspect|none
                                    exit with 1 when a finding is at least that sure (default none)`,
  run(args, output) {
    const { values, positionals } = readOptions(analyzeCommand, args, {
      format: { type: "string", default: "text" },
      source: { type: "string", multiple: true, default: [] },
      rev: { type: "string" },
      tee: { type: "boolean", default: false },
      base: { type: "string" },
      series: { type: "boolean", default: false },
      filter: { type: "string", default: "" },
      "all-ids": { type: "boolean", default: false },
      "no-ignore": { type: "boolean", default: false },
      "fail-on": { type: "string", default: "none" },
    });
    if (values.base !== undefined && values.series) throw new UsageError("--base and --series exclude each other");
    if (values.rev !== undefined && values.source.length === 0) throw new UsageError("--rev is of a --source");
    if (values.tee && !positionals.includes("-")) throw new UsageError("--tee passes standard input on: it needs -");
    // Of one file most objects die young; a larger semi-space costs memory and gains nothing (measured). What is compared
    // stays: in a small one it is copied again and again.
    if (positionals.length <= 1 && values.base === undefined) setFlagsFromString("--semi-space-growth-factor=1");
    const options = {
      format: oneOf("--format", FORMATS, values.format),
      failOn: oneOf("--fail-on", FAIL_LEVELS, values["fail-on"]),
      files: someFiles("analyze", positionals, values.base ?? ""),
      base: values.base ?? null,
      isSeries: values.series,
      sources: values.source,
      revision: values.rev,
      isTee: values.tee,
      filter: readFilter(values.filter),
      allIds: values["all-ids"],
      isIgnoring: !values["no-ignore"],
    };
    return analyze(options, output);
  },
};

function readFilter(text: string): Filter {
  const query = parseFilter(text);
  if (query.kind === "malformed") throw new UsageError(`--filter: ${english(query.message)}`);
  return query.filter;
}
