import type { Label } from "../model/dump.ts";

/** The lines of a profile as text (`runtime/pprof/pprof.go`, `printCountProfile`). */
export type ProfileLine =
  /** `goroutine profile: total 42` */
  | { readonly kind: "title"; readonly profile: string; readonly total: number }
  /** `40 @ 0x4375f6 0x4463be`: so many goroutines have the stack below. */
  | { readonly kind: "record"; readonly count: number; readonly addresses: readonly string[] }
  /** `# labels: {"route":"/buy", "team":"a"}` */
  | { readonly kind: "labels"; readonly labels: readonly Label[] }
  /** `#	0x45dba4	sync.runtime_SemacquireMutex+0x24	/usr/local/go/src/runtime/sema.go:77`; or the address only. */
  | { readonly kind: "frame"; readonly address: string; readonly place: FramePlace | null };

interface FramePlace {
  readonly function: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

const TITLE = /^([A-Za-z]\S*) profile: total (\d+)$/;
const RECORD = /^\s*(-?\d+) @((?: 0x[0-9a-f]+)*)\s*$/;
const LABELS = /^# labels: \{(.*)\}$/;
const LABEL = /"((?:[^"\\]|\\.)*)":"((?:[^"\\]|\\.)*)"(?:, )?/y;
/** Columns are aligned by TABs (text/tabwriter), which copies turn into spaces. Function names may hold single spaces. */
const FRAME = /^#\s+(0x[0-9a-f]+)(?:(?:\t\s*| {2,}| (?=\S+\+0x))(\S.*)\+0x[0-9a-f]+\s+(\S.*):(\d+))?\s*$/;

/** The line of a profile that a line is, or undefined. */
export function readProfileLine(text: string): ProfileLine | undefined {
  const first = text[0];
  if (first === "#") return readFrame(text) ?? readLabels(text);
  const record = RECORD.exec(text);
  if (record !== null) {
    return { kind: "record", count: Number(record[1]), addresses: (record[2] ?? "").split(" ").slice(1) };
  }
  const title = TITLE.exec(text);
  return title === null ? undefined : { kind: "title", profile: title[1] ?? "", total: Number(title[2]) };
}

function readFrame(text: string): ProfileLine | undefined {
  const match = FRAME.exec(text);
  if (match === null) return undefined;
  const [, address = "", name, file, line] = match;
  if (name === undefined || file === undefined) return { kind: "frame", address, place: null };
  return { kind: "frame", address, place: { function: name, file, line: Number(line) } };
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

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", a: "\x07", b: "\b", f: "\f", v: "\v" };

/** What Go's `%q` wrote. */
function unquote(text: string): string {
  return text.replaceAll(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g, (...[all, x, u, long, other]) => {
    const code = Number.parseInt(String(x ?? u ?? long ?? ""), 16);
    if (Number.isNaN(code)) return ESCAPES[String(other)] ?? String(other);
    return code > 0x10ffff ? all : String.fromCodePoint(code);
  });
}
