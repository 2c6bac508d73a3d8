import type { Label } from "../../model/dump.ts";

/** The lines of a profile as text (`runtime/pprof/pprof.go`, `printCountProfile`). */
export type ProfileLine =
  /** `goroutine profile: total 42` */
  | { readonly kind: "title"; readonly profile: string; readonly total: number }
  /** `40 @ 0x4375f6 0x4463be`: so many goroutines have the stack below. */
  | { readonly kind: "record"; readonly count: number; readonly addresses: readonly string[] }
  /** `# labels: {"route":"/buy", "team":"a"}` */
  | { readonly kind: "labels"; readonly labels: readonly Label[] }
  /** `# state: chan send`: ours, in a condensed view, where the addresses that show it are gone. */
  | { readonly kind: "state"; readonly state: string }
  /**
   * `#	0x45dba4	sync.runtime_SemacquireMutex+0x24	/usr/local/go/src/runtime/sema.go:77`; or the address only. In a condensed
   * view without address and offset, and without the file where it is not known.
   */
  | { readonly kind: "frame"; readonly address: string | null; readonly place: FramePlace | null };

interface FramePlace {
  readonly function: string;
  readonly file: string | null;
  /** 1-based. */
  readonly line: number | null;
}

const TITLE = /^([A-Za-z]\S*) profile: total (\d+)$/;
const RECORD = /^\s*(-?\d+) @((?: 0x[0-9a-f]+)*)\s*$/;
/** What a line of a record's details begins with. */
const DETAIL = /^#|^\s*(?:0x[0-9a-f]|labels: )/;
const LABELS = /^#?\s*labels: \{(.*)\}$/;
const STATE = /^# state: ([a-zA-Z].*)$/;
const LABEL = /"((?:[^"\\]|\\.)*)":"((?:[^"\\]|\\.)*)"(?:, )?/y;
/** Markdown takes the `#` for a heading's and eats it. */
const ADDRESS = /^#?\s*(0x[0-9a-f]+)(?:\s+|$)/;
/**
 * Between a function and its file: the offset, and the TABs that align the columns (text/tabwriter), which copies turn
 * into blanks. Names and paths may hold blanks themselves.
 */
const OFFSET = /\+0x[0-9a-f]+\s+/;
const LINE = /:(\d+)$/;
const COLUMN = /\t\s*|\s{2,}/;

/** The line of a profile that a line is, or undefined. */
export function readProfileLine(text: string): ProfileLine | undefined {
  if (DETAIL.test(text)) return readFrame(text) ?? readLabels(text) ?? readState(text);
  const record = RECORD.exec(text);
  if (record !== null) {
    return { kind: "record", count: Number(record[1]), addresses: (record[2] ?? "").split(" ").slice(1) };
  }
  const title = TITLE.exec(text);
  return title === null ? undefined : { kind: "title", profile: title[1] ?? "", total: Number(title[2]) };
}

function readFrame(text: string): ProfileLine | undefined {
  const start = ADDRESS.exec(text);
  if (start === null) return readBareFrame(text);
  const [all, address = ""] = start;
  const rest = text.slice(all.length).trimEnd();
  if (rest === "") return { kind: "frame", address, place: null };
  const offset = OFFSET.exec(rest);
  const line = LINE.exec(rest);
  if (offset === null || line === null) return undefined;
  const file = rest.slice(offset.index + offset[0].length, line.index);
  return { kind: "frame", address, place: { function: rest.slice(0, offset.index), file, line: Number(line[1]) } };
}

/** `#	main.f  	/src/main.go:3`, or `#	main.f`. */
function readBareFrame(text: string): ProfileLine | undefined {
  if (!text.startsWith("#\t")) return undefined;
  const rest = text.slice(2);
  const column = COLUMN.exec(rest);
  if (column === null) return { kind: "frame", address: null, place: { function: rest, file: null, line: null } };
  const place = rest.slice(column.index + column[0].length);
  const line = LINE.exec(place);
  if (line === null) return undefined;
  const at = { function: rest.slice(0, column.index), file: place.slice(0, line.index), line: Number(line[1]) };
  return { kind: "frame", address: null, place: at };
}

function readState(text: string): ProfileLine | undefined {
  const state = STATE.exec(text)?.[1];
  return state === undefined ? undefined : { kind: "state", state };
}

function readLabels(text: string): ProfileLine | undefined {
  const inside = LABELS.exec(text)?.[1];
  if (inside === undefined) return undefined;
  const labels: Label[] = [];
  LABEL.lastIndex = 0;
  for (let match = LABEL.exec(inside); match !== null; match = LABEL.exec(inside)) {
    labels.push([unquote(match[1] ?? ""), unquote(match[2] ?? "")]);
  }
  return { kind: "labels", labels };
}

const ESCAPES: ReadonlyMap<string, string> = new Map<string, string>([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
]);

/** What Go's `%q` wrote. */
function unquote(text: string): string {
  return text.replaceAll(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g, (...[all, x, u, long, other]) => {
    const code = Number.parseInt(String(x ?? u ?? long ?? ""), 16);
    if (Number.isNaN(code)) return ESCAPES.get(String(other)) ?? String(other);
    return code > 0x10ffff ? all : String.fromCodePoint(code);
  });
}
