import type { Label } from "../../core/model/dump.ts";
import { convert, TARGETS } from "../convert.ts";
import { UsageError } from "../usageError.ts";
import { type Command, oneOf, readOptions, someFiles } from "./command.ts";

/** Writes dumps in a form that other tools read. */
export const convertCommand: Command = {
  name: "convert",
  synopsis: "--to FORM [options] FILE|DIR...",
  summary: "dumps in a form that other tools read",
  options: `\
  --to pprof|folded|ndjson|parquet|debug2
                                    the form: a profile (of exactly one dump), stacks for flame graphs, one row a group (ndjson, parquet),
                                    a traceback
  --out FILE                        write a new file instead of standard output
  --label KEY=VALUE                 a label for every row or sample, e.g. host or service; may be given several times
  --ids                             with pprof: a sample for each goroutine, with its id`,
  run(args, output) {
    const { values, positionals } = readOptions(convertCommand, args, {
      to: { type: "string" },
      out: { type: "string" },
      label: { type: "string", multiple: true, default: [] },
      ids: { type: "boolean", default: false },
    });
    if (values.to === undefined) throw new UsageError(`convert needs --to with one of ${TARGETS.join(", ")}`);
    if (values.ids && values.to !== "pprof") throw new UsageError("--ids is of --to pprof");
    const options = {
      files: someFiles("convert", positionals),
      to: oneOf("--to", TARGETS, values.to),
      out: values.out ?? null,
      labels: values.label.map(readLabel),
      withIds: values.ids,
    };
    return convert(options, output);
  },
};

/** Reads `key=value`. */
export function readLabel(text: string): Label {
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError(`--label is KEY=VALUE, not ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
}
