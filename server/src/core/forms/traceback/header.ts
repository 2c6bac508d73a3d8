import { Flag, type Label, NO_WAIT, readId } from "../../model/dump.ts";
import { suffixFlags } from "../../model/state.ts";
import { readLabels } from "./labels.ts";
import { append } from "../../lists.ts";

/**
 * A goroutine's header, of any Go from 1.0 to 1.27:
 *
 *     goroutine 18 gp=0xc000084700 m=4 mp=0xc000080008 [chan receive (leaked), 4 minutes, locked to thread]:
 *     goroutine 8 [running labels:{"route": "/x"}]:         (1.26)
 *     goroutine 8 [running] {route: /x, user: "u-7"}:       (1.27)
 *
 * Go does not promise this form (golang/go#76349), so what is new in it is kept in `extras` and costs nothing else.
 */
export interface Header {
  readonly id: number;
  /** Status or wait reason as printed, suffixes included: `chan receive (leaked)`. */
  readonly state: string;
  /** Minutes; `NO_WAIT` when none are printed. */
  readonly wait: number;
  /** Bits of `Flag`. */
  readonly flags: number;
  readonly labels: readonly Label[];
  /** Number of the synctest bubble (1.25+) or id of its root goroutine (1.24); null outside bubbles. */
  readonly bubble: number | null;
  /** The thread in `m=3`; null when there is none or it is not printed. */
  readonly thread: number | null;
  /** Items between the brackets that are none of the known ones. */
  readonly extras: readonly string[];
}

const START = /^goroutine (\d+)(?: gp=(?:0x[0-9a-f]+|nil))?(?: m=(nil|-?\d+))?(?: mp=0x[0-9a-f]+)? \[/;
/** The colon; behind it nothing, or a space: `:\\n` and `: | ` say that the dump stands on one line. */
const END = /^:(?:$|\s+(?:$|[^|]))/;
const MINUTES = /^(\d+) minutes?$/;
const BUBBLE = /^synctest (?:bubble|group) (\d+)$/;
/** CockroachDB's Go writes labels as items of the list: `"job":"backup"`. */
const LABEL_ITEM = /^"((?:[^"\\]|\\.)*)":"((?:[^"\\]|\\.)*)"$/;

/** Whether a line could be a header: the cheap test before {@link readHeader}. */
export function looksLikeHeader(text: string): boolean {
  return text.startsWith("goroutine ") && text.includes(" [");
}

/** The header a line is, or undefined when it is none. Text behind the colon is tolerated: people write comments there. */
export function readHeader(text: string): Header | undefined {
  const start = START.exec(text);
  if (start === null) return undefined;
  const inside = start[0].length;
  const close = endOfBrackets(text, inside);
  if (close < 0) return undefined;
  const behind = readLabels(text, close + 1);
  if (behind === undefined || !END.test(text.slice(behind.end, behind.end + 4))) return undefined;
  return readItems(readId(start[1] ?? ""), start[2], text.slice(inside, close), behind.labels);
}

function readItems(id: number, thread: string | undefined, inside: string, labelsBehind: readonly Label[]): Header {
  const labels = [...labelsBehind];
  const extras: string[] = [];
  const [state = "", ...items] = splitItems(takeInnerLabels(inside, labels));
  let flags = suffixFlags(state);
  let wait = NO_WAIT;
  let bubble: number | null = null;
  for (const item of items) {
    const minutes = MINUTES.exec(item);
    const inBubble = BUBBLE.exec(item);
    const label = LABEL_ITEM.exec(item);
    if (minutes !== null) wait = Math.min(Number(minutes[1]), NO_WAIT - 1);
    else if (item === "locked to thread") flags |= Flag.locked;
    else if (inBubble !== null) {
      bubble = Number(inBubble[1]);
      flags |= Flag.bubble;
    } else if (label !== null) labels.push([label[1] ?? "", label[2] ?? ""]);
    else extras.push(item);
  }
  const threadNumber = thread === undefined || thread === "nil" ? null : Number(thread);
  return { id, state, wait, flags, labels, bubble, thread: threadNumber, extras };
}

/** Go 1.26 puts labels inside the brackets: takes ` labels:{...}` out of them. */
function takeInnerLabels(inside: string, labels: Label[]): string {
  const at = inside.indexOf(" labels:{");
  if (at < 0) return inside;
  const read = readLabels(inside, at + " labels:".length - 1, ":");
  if (read === undefined) return inside;
  append(labels, read.labels);
  return inside.slice(0, at) + inside.slice(read.end);
}

/** The first `]` behind `start` that no quotes enclose, or -1. */
function endOfBrackets(text: string, start: number): number {
  let quoted = false;
  for (let index = start; index < text.length; index++) {
    const char = text[index];
    if (quoted && char === "\\") index++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === "]") return index;
  }
  return -1;
}

/** Splits at `, ` outside quotes. */
function splitItems(inside: string): string[] {
  if (!inside.includes('"')) return inside.split(", ");
  const items: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < inside.length; index++) {
    const char = inside[index];
    if (quoted && char === "\\") index++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === "," && inside[index + 1] === " ") {
      items.push(inside.slice(start, index));
      start = index + 2;
    }
  }
  items.push(inside.slice(start));
  return items;
}
