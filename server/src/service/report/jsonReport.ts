import { inPieces, Pieces } from "../../core/text/pieces.ts";
import { visibleJson } from "../../core/text/visible.ts";
import type { FrameReport, GroupReport } from "../../output/report.ts";
import type { LazyReport } from "./lazyReport.ts";

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
export function jsonReport(report: LazyReport): Generator<string> {
  return inPieces(reportTexts(report));
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
  const pieces = new Pieces();
  let before = "[\n";
  for (const group of groups) {
    pieces.add(before);
    addGroup(group, texts, pieces);
    before = ",\n";
    if (pieces.isFull) yield pieces.take();
  }
  pieces.add(before === "[\n" ? "[]\n}" : "\n]\n}");
  yield pieces.take();
}

/** All but the groups, as `JSON.stringify` has it with an indent; each element of a list by itself, for they may be many. */
function* headTexts(fields: object): Generator<string> {
  let before = "{\n";
  for (const [name, value] of Object.entries(fields) as [string, unknown][]) {
    if (!isList(value)) yield before + json({ [name]: value }, 2).slice(2, -2);
    else {
      let start = `${before}  "${name}": [\n`;
      for (const element of value) {
        yield start + indented(element);
        start = ",\n";
      }
      yield start === ",\n" ? "\n  ]" : `${before}  "${name}": []`;
    }
    before = ",\n";
  }
  yield `${before === ",\n" ? before : "{\n"}"groups": `;
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

/** An element of a list that is a field. */
function indented(element: unknown): string {
  const [start, end] = ["[\n  [\n", "\n  ]\n]"];
  return json([[element]], 2).slice(start.length, -end.length);
}

/** As `JSON.stringify`: of large dumps most of the report are the same frames again and again. */
function addGroup(group: GroupReport, texts: Texts, pieces: Pieces): void {
  let before = "{";
  for (const name of Object.keys(group)) {
    pieces.add(`${before}"${name}":`);
    addField(group, name as keyof GroupReport, texts, pieces);
    before = ",";
  }
  pieces.add("}");
}

/** The fields that every group has, without a call of `JSON.stringify` for each. */
function addField(group: GroupReport, name: keyof GroupReport | "counts", texts: Texts, pieces: Pieces): void {
  const value: unknown = group[name as keyof GroupReport];
  if (value === null) pieces.add("null");
  else if (typeof value === "number" && Number.isFinite(value)) pieces.add(String(value));
  else if (typeof value === "string") pieces.add(texts.of(value));
  else if (name === "frames") addFrames(group.frames, texts, pieces);
  else if (name === "createdBy") pieces.add(frameText(value as FrameReport, texts));
  else if (name === "goroutineIds" || name === "counts") pieces.add(`[${(value as readonly number[]).join(",")}]`);
  else if (name === "waitMinutes") pieces.add(`{"min":${group.waitMinutes?.min},"max":${group.waitMinutes?.max}}`);
  else pieces.add(json(value));
}

function addFrames(frames: GroupReport["frames"], texts: Texts, pieces: Pieces): void {
  let before = "[";
  for (const frame of frames) {
    pieces.add(before);
    pieces.add(frameText(frame, texts));
    before = ",";
  }
  pieces.add(before === "[" ? "[]" : "]");
}

/** One that was not resolved has four fields: of thousands of stacks most frames are distinct, their names are few. */
function frameText(frame: FrameReport, texts: Texts): string {
  if (frame.resolved !== null) return texts.of(frame);
  const { function: name, file, line } = frame;
  return `{"function":${texts.of(name)},"file":${texts.of(file)},"line":${line},"resolved":null}`;
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
