import type { DeadlockPlace, DeadlockReport } from "../../model/deadlockReport.ts";
import { readId } from "../../model/dump.ts";

/** The lines of a report that are no frames, as `deadlock.go` of go-deadlock prints them (0.1.0 to 0.3.9). */
export type ReportLine =
  /** `POTENTIAL DEADLOCK: Recursive locking:` */
  | { readonly kind: "title"; readonly report: DeadlockReport["kind"] }
  /** `happened before`: who stands below. `isSame`: it is the goroutine, and the lock, of the place above. */
  | { readonly kind: "head"; readonly role: DeadlockPlace["role"]; readonly isSame: boolean; readonly waited?: string }
  /** `goroutine 4 lock 0xc0000220e0` */
  | { readonly kind: "owner"; readonly goroutine: number; readonly lock: string }
  /** What follows is a traceback. */
  | { readonly kind: "traceback" };

/** One line of a stack: `main.go:22 main.(*ledger).book { l.mu.Lock() } <<<<<`. */
export interface StackLine {
  /** Without the path of its package: `main.(*ledger).book`. */
  readonly function: string;
  readonly file: string;
  readonly line: number;
  /** The source there; null for `???`. */
  readonly code: string | null;
}

const TITLE = /^POTENTIAL DEADLOCK:(?: (Recursive|Inconsistent) locking\b.*)?$/;
const OWNER = /^(?:current )?goroutine (\d+) lock (0x[0-9a-f]+)$/;
const WAIT = /^Have been trying to lock it again for more than (\S{1,40})$/;
const TRACEBACK = /^(?:Here is what goroutine \d+ doing now|All current goroutines:)$/;
const HEADS: ReadonlyMap<string, DeadlockPlace["role"]> = new Map<string, DeadlockPlace["role"]>([
  ["happened before", "held"],
  ["happened after", "wanted"],
  ["in another goroutine: happened before", "held"],
  ["Previous place where the lock was grabbed", "held"],
  ["Other goroutines holding locks:", "other"],
]);
const SAME = " (same goroutine)";
/** Behind the innermost frame. */
export const FIRST = " <<<<<";
const NO_CODE = "???";
const PLACE = /^(\S.*?):(-?\d{1,9}) (\S+) (?=\{ |\?\?\?$)/;

/** What a line of a report is that is no frame; undefined: it may be one, or anything. */
export function readReportLine(text: string): ReportLine | undefined {
  const title = TITLE.exec(text);
  if (title !== null) return { kind: "title", report: kindOf(title[1]) };
  const owner = OWNER.exec(text);
  if (owner !== null) return { kind: "owner", goroutine: readId(owner[1] ?? ""), lock: owner[2] ?? "" };
  const wait = WAIT.exec(text);
  if (wait !== null) return { kind: "head", role: "wanted", isSame: false, waited: wait[1] ?? "" };
  if (TRACEBACK.test(text)) return { kind: "traceback" };
  const isSame = text.endsWith(SAME);
  const role = HEADS.get(isSame ? text.slice(0, -SAME.length) : text);
  return role === undefined ? undefined : { kind: "head", role, isSame };
}

function kindOf(printed: string | undefined): DeadlockReport["kind"] {
  if (printed === undefined) return "wait";
  return printed === "Recursive" ? "recursion" : "order";
}

/** The line of a stack that a text is, or undefined. */
export function readStackLine(text: string): StackLine | undefined {
  const line = text.endsWith(FIRST) ? text.slice(0, -FIRST.length) : text;
  if (!line.endsWith(" }") && !line.endsWith(NO_CODE)) return undefined;
  const place = PLACE.exec(line);
  if (place === null) return undefined;
  const [start, file = "", number = "0", name = ""] = place;
  const code = line.slice(start.length);
  return { function: name, file, line: Math.max(0, Number(number)), code: code === NO_CODE ? null : inBraces(code) };
}

function inBraces(code: string): string | null {
  const inside = code.slice("{ ".length, -" }".length);
  return inside === "" ? null : inside;
}
