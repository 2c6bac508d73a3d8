import type { Analysis } from "../analysis/analysis.ts";
import type { Role } from "../analysis/roles.ts";
import type { Group } from "../group/groups.ts";
import { isConsumer, isOpenSelect } from "./waits.ts";

/** Which of several goroutines is the most likely to go on. */
const LIVELINESS: Readonly<Record<Role, number>> = { alive: 6, unclear: 5, observer: 4, blocked: 1, aside: 0 };
/** Of those that are blocked: any of several cases may end a select, and work may come for one that takes it. */
const SELECTS = 3;
const CONSUMES = 2;

interface Candidate {
  readonly group: Group;
  readonly liveliness: number;
}

/**
 * By function: a row of a goroutine that runs it. Of several, one that is the most likely to go on: it may be the one that
 * helps. Of those alike, the one whose stack is first by its text, so that the order of the dump decides nothing.
 */
export function findRunning(analysis: Analysis): ReadonlyMap<string, number> {
  const texts = new Map<number, string>();
  const found = new Map<string, Candidate>();
  for (const group of analysis.groups.groups) {
    const candidate = { group, liveliness: livelinessOf(analysis, group) };
    if (candidate.liveliness === 0 || group.start === group.end) continue;
    for (const { id } of analysis.traits(group).stack.frames) {
      const { family } = analysis.facts(id);
      const known = found.get(family);
      if (known === undefined || isBefore(candidate, known)) found.set(family, candidate);
    }
  }
  return new Map(Array.from(found, ([family, { group }]) => [family, analysis.groups.rows[group.start]!]));

  function isBefore(one: Candidate, other: Candidate): boolean {
    if (one.liveliness !== other.liveliness) return one.liveliness > other.liveliness;
    return one.group !== other.group && textOf(one.group) < textOf(other.group);
  }

  function textOf(group: Group): string {
    const known = texts.get(group.id) ?? stackText(analysis, group);
    texts.set(group.id, known);
    return known;
  }
}

function livelinessOf(analysis: Analysis, group: Group): number {
  const traits = analysis.traits(group);
  if (traits.role !== "blocked") return LIVELINESS[traits.role];
  if (isOpenSelect(group, traits)) return SELECTS;
  return isConsumer(group, traits) ? CONSUMES : LIVELINESS.blocked;
}

function stackText(analysis: Analysis, group: Group): string {
  const { frames } = analysis.traits(group).stack;
  return [group.state, ...frames.map(({ function: name, file, line }) => `${name} ${file}:${line}`)].join("\n");
}
