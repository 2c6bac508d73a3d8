import { writeReport } from "../writeReport.ts";
import { type Command, readOptions, someFiles } from "./command.ts";

/** Writes a report to look at and to hand on. */
export const reportCommand: Command = {
  name: "report",
  synopsis: "[options] FILE...",
  summary: "a report to look at and to hand on",
  options: `\
  --html FILE|-                     write one page that loads nothing; without it, Markdown is printed
  --filter FILTER                   report on the goroutines that the filter lets through
  --series                          the FILEs are dumps of one process: show what grows`,
  run(args, output) {
    const { values, positionals } = readOptions(reportCommand, args, {
      html: { type: "string" },
      filter: { type: "string", default: "" },
      series: { type: "boolean", default: false },
    });
    const { html = null, filter, series } = values;
    return writeReport({ files: someFiles("report", positionals), html, filter, isSeries: series }, output);
  },
};
