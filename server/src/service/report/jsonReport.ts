import { visibleJson } from "../../core/text/visible.ts";
import type { Report } from "./report.ts";

/** Characters handed out at a time: the report of a large dump is not to be in memory as a whole. */
const PIECE = 1 << 16;

/** The report as JSON, in pieces: groups one a line and behind what else is said of their dump, for they may be many. */
export function* jsonReport(report: Report): Generator<string> {
  let piece = "";
  for (const text of reportTexts(report)) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield visibleJson(piece);
    piece = "";
  }
  yield visibleJson(piece);
}

function* reportTexts({ version, dumps, comparison }: Report): Generator<string> {
  yield `{\n"version": ${version},\n"dumps": `;
  yield* listTexts(dumps, groupedTexts);
  yield ',\n"comparison": ';
  yield* comparison === null ? ["null"] : groupedTexts(comparison);
  yield "\n}\n";
}

function* groupedTexts({ groups, ...rest }: { readonly groups: Iterable<object> }): Generator<string> {
  const head = JSON.stringify(rest, null, 2).slice(0, -1).trimEnd();
  yield `${head === "{" ? head : `${head},`}\n"groups": `;
  yield* listTexts(groups, (group) => [JSON.stringify(group)]);
  yield "\n}";
}

function* listTexts<T>(items: Iterable<T>, textsOf: (item: T) => Iterable<string>): Generator<string> {
  let before = "[\n";
  for (const item of items) {
    yield before;
    yield* textsOf(item);
    before = ",\n";
  }
  yield before === "[\n" ? "[]" : "\n]";
}
