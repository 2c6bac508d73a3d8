import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import { IGNORE_BYTES, ignoreLines, formatIgnore } from "../../core/findings/ignore.ts";
import type { TextFindings } from "../findings/analyses.ts";
import { firstOf } from "../base/bounded.ts";
import { emptyRange } from "../base/ranges.ts";
import type { FolderIgnore } from "../findings/ignoreFiles.ts";

/** Problems told of one file. */
const LIMIT = 500;

/** Problems of one file: its lines that say nothing, and entries that mean no goroutine of the open dumps. */
export interface IgnoreReport {
  readonly uri: string;
  readonly diagnostics: Diagnostic[];
}

const UNREADABLE = say`This is not read: it has more than ${IGNORE_BYTES / 1024} KB, or is no file of this folder.`;

/** What is wrong with the ignore files that there are. `analyses`: of every open document that holds a dump. */
export function ignoreReports(folders: readonly FolderIgnore[], analyses: readonly TextFindings[]): IgnoreReport[] {
  const all = analyses.flat();
  const isUnused = (entry: FolderIgnore["file"]["entries"][number]): boolean =>
    all.every(({ unused }) => unused.includes(entry));
  return folders
    .filter(({ text }) => text !== undefined && all.length > 0)
    .map(({ uri, text = "", file: { entries, problems } }) => {
      if (text === null)
        return { uri, diagnostics: [diagnostic([], 0, words(UNREADABLE), "ignore-limit", DiagnosticSeverity.Warning)] };
      const lines = ignoreLines(text);
      const malformed = problems.map(({ line, message }) =>
        diagnostic(lines, line, message, "ignore-malformed", DiagnosticSeverity.Warning),
      );
      const unused = entries.filter(isUnused).map((entry) => ({
        ...diagnostic(
          lines,
          entry.line,
          words(say`No goroutine of the open dumps is meant by "${formatIgnore(entry)}".`),
          "ignore-unused",
          DiagnosticSeverity.Information,
        ),
        tags: [DiagnosticTag.Unnecessary],
      }));
      const rest = (left: number): Diagnostic =>
        diagnostic(
          lines,
          0,
          words(say`${left} more lines have problems.`),
          "ignore-limit",
          DiagnosticSeverity.Information,
        );
      return { uri, diagnostics: firstOf([...malformed, ...unused], LIMIT, rest) };
    });
}

function diagnostic(
  lines: readonly string[],
  line: number,
  message: string,
  code: string,
  severity: DiagnosticSeverity,
): Diagnostic {
  const { start } = emptyRange(line, 0);
  const { end } = emptyRange(line, lines[line]?.length ?? 0);
  return { range: { start, end }, severity, source: "goroutine-dump", code, message };
}
