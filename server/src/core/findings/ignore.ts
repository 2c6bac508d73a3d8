import type { RuleId } from "../analysis/ruleId.ts";

/** What an entry compares its name with, in goleak's words (`IgnoreTopFunction`, `IgnoreAnyFunction`, `IgnoreCreatedBy`). */
export type IgnoreKind = "top-function" | "any-function" | "created-by";

/** One line of `.goroutine-dump-ignore`: goroutines that are meant to be as they are. */
export interface IgnoreEntry {
  readonly kind: IgnoreKind;
  /** A function as dumps print it; a `*` at its beginning or end stands for anything. */
  readonly name: string;
  /** The one rule it silences; null: all of them. */
  readonly rule: RuleId | null;
  /** Line of the file, 0-based. */
  readonly line: number;
}

/** A line that is no entry. */
export interface IgnoreProblem {
  /** 0-based. */
  readonly line: number;
  /** A sentence for people. May quote the file: never shown as markup. */
  readonly message: string;
}

/** A file as it was read. */
export interface IgnoreFile {
  readonly entries: readonly IgnoreEntry[];
  readonly problems: readonly IgnoreProblem[];
}

/** Name of the file, at the root of a workspace folder. */
export const IGNORE_FILE = ".goroutine-dump-ignore";

/** Bytes of a file that is read: a list people keep by hand stays far below. */
export const IGNORE_BYTES = 1024 * 1024;
/** A list people keep by hand stays far below; what is longer is not read on. */
const LINE_LIMIT = 5000;
/** Longest function name that is taken seriously. */
const NAME_LIMIT = 2000;

/** Behind the name, at the end of an entry. */
const RULE = /(?<=^|\s)rule=(\S*)$/;
const KINDS: readonly string[] = ["top-function", "any-function", "created-by"] satisfies IgnoreKind[];

/**
 * Reads `.goroutine-dump-ignore`, one entry a line, `#` before comments:
 *
 *     top-function example.com/shop/ws.(*Hub).deliver
 *     created-by   example.com/vendor/metrics.*  rule=leak
 *
 * `rules` are the ids that `rule=` may name.
 */
export function parseIgnore(text: string, rules: readonly RuleId[]): IgnoreFile {
  const entries: IgnoreEntry[] = [];
  const problems: IgnoreProblem[] = [];
  const lines = ignoreLines(text, LINE_LIMIT + 1);
  lines.slice(0, LINE_LIMIT).forEach((raw, line) => {
    const content = withoutComment(raw);
    if (content === "") return;
    const entry = readEntry(content, line, rules);
    if (typeof entry === "string") problems.push({ line, message: entry });
    else entries.push(entry);
  });
  if (lines.length > LINE_LIMIT) {
    problems.push({ line: LINE_LIMIT, message: `Only the first ${LINE_LIMIT} lines are read.` });
  }
  return { entries, problems };
}

/** The lines of a file as editors count them: a carriage return alone ends one, too. */
export function ignoreLines(text: string, limit?: number): readonly string[] {
  return text.split(/\r\n|\r|\n/, limit);
}

/** An entry as a line of the file. */
export function formatIgnore({ kind, name, rule }: Omit<IgnoreEntry, "line">): string {
  return `${kind} ${name}${rule === null ? "" : ` rule=${rule}`}`;
}

/** Whether a function's name is one the entry means. */
export function matchesName({ name }: IgnoreEntry, functionName: string): boolean {
  const isOpenStart = name.startsWith("*");
  const isOpenEnd = name.length > 1 && name.endsWith("*");
  const text = name.slice(isOpenStart ? 1 : 0, isOpenEnd ? -1 : undefined);
  if (isOpenStart && isOpenEnd) return functionName.includes(text);
  if (isOpenStart) return functionName.endsWith(text);
  return isOpenEnd ? functionName.startsWith(text) : functionName === text;
}

/** Names hold no `#`, so one begins a comment wherever it stands. */
function withoutComment(line: string): string {
  const hash = line.indexOf("#");
  return (hash < 0 ? line : line.slice(0, hash)).trim();
}

/** The entry, or what is wrong with the line. */
function readEntry(content: string, line: number, rules: readonly RuleId[]): IgnoreEntry | string {
  const [kind = ""] = content.split(/\s/, 1);
  const rest = content.slice(kind.length).trimStart();
  const rule = RULE.exec(rest)?.[1];
  const name = rule === undefined ? rest : rest.slice(0, -"rule=".length - rule.length).trimEnd();
  if (!isKind(kind)) return `"${clip(kind)}" is none of ${KINDS.join(", ")}.`;
  if (name === "" || name === "*") return `${kind} needs the name of a function behind it.`;
  if (name.length > NAME_LIMIT) return `The name is longer than ${NAME_LIMIT} characters.`;
  if (rule === undefined) return { kind, name, rule: null, line };
  const known = rules.find((id) => id === rule);
  return known === undefined ? `There is no rule "${clip(rule)}".` : { kind, name, rule: known, line };
}

function isKind(kind: string): kind is IgnoreKind {
  return KINDS.includes(kind);
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
