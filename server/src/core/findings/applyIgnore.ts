import type { Group, GroupTable } from "../group/groups.ts";
import type { Dump } from "../model/dump.ts";
import { type Stack, stackOf } from "../model/stack.ts";
import { firstUserFrame } from "../names/userCode.ts";
import type { Finding } from "./finding.ts";
import { type IgnoreEntry, matchesName } from "./ignore.ts";

/** What the entries of an ignore file make of a dump and its findings. */
export interface Ignored {
  /** Findings that remain. */
  readonly findings: readonly Finding[];
  /** Findings all of whose goroutines are expected. */
  readonly ignored: readonly Finding[];
  /** Per number of a group the entry that expects it; groups that no entry without a rule means are not in it. */
  readonly groups: ReadonlyMap<number, IgnoreEntry>;
  /** Entries that mean no goroutine of this dump. */
  readonly unused: readonly IgnoreEntry[];
}

/** Sorts out what is expected. Each group is compared with each entry once. */
export function applyIgnore(
  dump: Dump,
  groups: GroupTable,
  findings: readonly Finding[],
  entries: readonly IgnoreEntry[],
): Ignored {
  const meant = new Map<number, readonly IgnoreEntry[]>();
  const used = new Set<IgnoreEntry>();
  for (const group of entries.length === 0 ? [] : groups.groups) {
    const own = entriesFor(stackOf(dump, group.stack), entries);
    if (own.length === 0) continue;
    meant.set(group.id, own);
    for (const entry of own) used.add(entry);
  }
  const isIgnored = (finding: Finding): boolean =>
    finding.rows.length > 0 &&
    finding.rows.every((row) =>
      meant.get(groups.groupOf[row]!)?.some(({ rule }) => rule === null || rule === finding.rule),
    );
  return {
    findings: findings.filter((finding) => !isIgnored(finding)),
    ignored: findings.filter(isIgnored),
    groups: new Map([...meant].flatMap(([id, own]) => wholeEntry(id, own))),
    unused: entries.filter((entry) => !used.has(entry)),
  };
}

function wholeEntry(id: Group["id"], own: readonly IgnoreEntry[]): (readonly [number, IgnoreEntry])[] {
  const entry = own.find(({ rule }) => rule === null);
  return entry === undefined ? [] : [[id, entry]];
}

/** The entries that mean goroutines of a stack. */
function entriesFor(stack: Stack, entries: readonly IgnoreEntry[]): readonly IgnoreEntry[] {
  const { frames, createdBy } = stack;
  const tops = topFunctions(stack);
  return entries.filter((entry) => {
    if (entry.kind === "top-function") return tops.some((name) => matchesName(entry, name));
    if (entry.kind === "any-function") return frames.some((frame) => matchesName(entry, frame.function));
    return createdBy !== null && matchesName(entry, createdBy.function);
  });
}

/**
 * What may count as the top of a stack: its first line, as goleak has it; the first function outside the runtime, for
 * dumps that print the runtime's frames; and the first function of the user's code, which is what people see there.
 */
function topFunctions({ frames }: Stack): readonly string[] {
  const tops = [frames[0], frames.find((frame) => !frame.function.startsWith("runtime.")), firstUserFrame(frames)];
  return tops.flatMap((frame) => frame?.function ?? []);
}
