import type { Certainty } from "../analysis/certainty.ts";
import type { Finding } from "../findings/finding.ts";
import type { ComparedGroup, Comparison, Latest, Snapshot } from "./comparison.ts";
import { type IdIndex, indexIds } from "../model/idIndex.ts";
import { FrameFactsTable } from "../names/frameFacts.ts";
import { findGrowing } from "./findGrowing.ts";
import { findStuck } from "./findStuck.ts";

/** One thing to look for in a series. */
export interface SeriesRule {
  /** Key of its setting, name of its page in `docs/rules`. */
  readonly id: "growing" | "stuck";
  /** A phrase for lists of rules, sentence case. */
  readonly title: string;
  /** The certainties its findings can have, surest first. */
  readonly certainties: readonly [Certainty, ...Certainty[]];
  /** What it says of one stack; undefined for nothing. `dumps` is how many there are, `last` is the latest. */
  find(last: Latest, dumps: number, group: ComparedGroup): Finding | undefined;
}

/** What a series shows and no single dump can. What one rule has explained the later ones leave alone. */
export const SERIES_RULES: readonly SeriesRule[] = [
  { id: "growing", title: "Goroutines that pile up", certainties: ["strong", "suspect"], find: findGrowing },
  { id: "stuck", title: "Goroutines that do not move", certainties: ["strong"], find: findStuck },
];

/** The findings of a series, each placed in the last dump; `isOff` tells the rules the user does not want. */
export function findInSeries(
  comparison: Comparison,
  isOff: (rule: string) => boolean = () => false,
): readonly Finding[] {
  return [...eachInSeries(comparison, isOff)];
}

/** As {@link findInSeries}, one after the other: there may be as many as stacks. */
export function* eachInSeries(
  { snapshots, groups }: Comparison,
  isOff: (rule: string) => boolean = () => false,
): Generator<Finding> {
  const [snapshot] = snapshots.slice(-1);
  if (snapshot === undefined || snapshots.length < 2) return;
  const last = latest(snapshot);
  const rules = SERIES_RULES.filter(({ id }) => !isOff(id));
  for (const group of groups) {
    for (const rule of rules) {
      const found = rule.find(last, snapshots.length, group);
      if (found === undefined) continue;
      yield found;
      break;
    }
  }
}

function latest(snapshot: Snapshot): Latest {
  let ids: IdIndex | undefined;
  return {
    ...snapshot,
    ids: () => (ids ??= indexIds(snapshot.dump.goroutines.id)),
    facts: new FrameFactsTable(snapshot.dump),
  };
}
