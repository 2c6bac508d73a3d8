import { visibleJson } from "../../core/text/visible.ts";
import type { GroupReport } from "../../output/report.ts";
import type { LazyReport } from "./lazyReport.ts";

/** Characters handed out at a time: the report of a large dump is not to be in memory as a whole. */
const PIECE = 1 << 16;

/** JSON texts of objects and strings that stand in many places, each made once. */
class Texts {
  readonly #known = new Map<object | string, string>();

  of(value: object | string | null): string {
    if (value === null) return "null";
    let text = this.#known.get(value);
    if (text === undefined) this.#known.set(value, (text = json(value)));
    return text;
  }
}

/** The report as JSON, in pieces: groups one a line and behind what else is said of their dump, for they may be many. */
export function* jsonReport(report: LazyReport): Generator<string> {
  let piece = "";
  for (const text of reportTexts(report)) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

function* reportTexts({ version, dumps, comparison }: LazyReport): Generator<string> {
  yield `{\n"version": ${version},\n"dumps": `;
  yield* listTexts(dumps, groupedTexts);
  yield ',\n"comparison": ';
  yield* comparison === null ? ["null"] : groupedTexts(comparison);
  yield "\n}\n";
}

function* groupedTexts({ groups, ...rest }: { readonly groups: Iterable<GroupReport> }): Generator<string> {
  yield* headTexts(rest);
  const texts = new Texts();
  let [piece, before] = ["[\n", ""];
  for (const group of groups) {
    piece += before + groupText(group, texts);
    before = ",\n";
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield before === "" ? "[]\n}" : `${piece}\n]\n}`;
}

/** All but the groups, as `JSON.stringify` has it with an indent; each element of a list by itself, for they may be many. */
function* headTexts(fields: object): Generator<string> {
  let before = "{\n";
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    if (!Array.isArray(value) || value.length === 0) yield before + json({ [name]: value }, 2).slice(2, -2);
    else {
      yield `${before}  "${name}": `;
      for (const [index, element] of value.entries()) yield (index === 0 ? "[\n" : ",\n") + indented(element);
      yield "\n  ]";
    }
    before = ",\n";
  }
  yield `${before === ",\n" ? before : "{\n"}"groups": `;
}

/** An element of a list that is a field. */
function indented(element: unknown): string {
  const [start, end] = ["[\n  [\n", "\n  ]\n]"];
  return json([[element]], 2).slice(start.length, -end.length);
}

/** As `JSON.stringify`: of large dumps most of the report are the same frames again and again. */
function groupText(group: GroupReport, texts: Texts): string {
  let text = "";
  for (const name of Object.keys(group)) {
    text += `${text === "" ? "{" : ","}"${name}":${fieldText(group, name, group[name as keyof GroupReport], texts)}`;
  }
  return `${text}}`;
}

/** The fields that every group has, without a call of `JSON.stringify` for each. */
function fieldText(group: GroupReport, name: string, value: unknown, texts: Texts): string {
  if (value === null) return "null";
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value === "string") return texts.of(value);
  if (name === "frames") return `[${group.frames.map((frame) => texts.of(frame)).join(",")}]`;
  if (name === "createdBy") return texts.of(group.createdBy);
  if (name === "goroutineIds" || name === "counts") return `[${(value as readonly number[]).join(",")}]`;
  if (name === "waitMinutes") return `{"min":${group.waitMinutes?.min},"max":${group.waitMinutes?.max}}`;
  return json(value);
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

/** JSON whose strings show what they hold, see `visibleJson`. */
function json(value: unknown, indent = 0): string {
  return visibleJson(JSON.stringify(value, null, indent));
}
