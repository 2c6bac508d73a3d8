import { redactFile } from "../redactFile.ts";
import { UsageError } from "../usageError.ts";
import { type Command, readOptions } from "./command.ts";

/** Prints a dump that can be handed on. */
export const redactCommand: Command = {
  name: "redact",
  synopsis: "[options] FILE",
  summary: "the dump without addresses, ids, paths, hosts and label values, to hand on",
  options: `\
  --private PATH                    rename the packages at and below this import path, too; may be given several times`,
  run(args, output) {
    const { values, positionals } = readOptions(redactCommand, args, {
      private: { type: "string", multiple: true, default: [] },
    });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new UsageError("redact takes one FILE, or - for standard input");
    return redactFile(file, { privatePaths: values.private }, output);
  },
};
