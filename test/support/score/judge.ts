import type { Certainty } from "../../../server/src/core/analysis/certainty.ts";
import type { Finding } from "../../../server/src/core/findings/finding.ts";
import { at } from "../../../server/src/core/model/column.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import { baseState } from "../../../server/src/core/model/state.ts";
import type { Analysed } from "../analyse.ts";
import type { Leak } from "./services.ts";

/** A finding, and whether all the goroutines it is about are stuck for good. */
export interface Verdict {
  /** What its certainty is earned by: rule, reason, and what the goroutines wait for. */
  readonly class: string;
  readonly certainty: Certainty;
  readonly isRight: boolean;
  /** Rows that are stuck for good. */
  readonly stuck: readonly number[];
  /** Rows that are not. */
  readonly healthy: readonly number[];
  readonly finding: Finding;
}

/** Judges the findings of a dump. A verdict is of a goroutine; only where a dump prints no ids it is of its place. */
export function judge({ dump, findings }: Analysed, leaks: readonly Leak[]): readonly Verdict[] {
  const isStuck = stuckIn(dump, leaks);
  return findings.map((finding) => {
    const rows = [...finding.rows];
    const stuck = rows.filter(isStuck);
    const healthy = rows.filter((row) => !isStuck(row));
    return {
      class: classOf(dump, finding),
      certainty: finding.certainty,
      isRight: healthy.length === 0,
      stuck,
      healthy,
      finding,
    };
  });
}

/** Leaking places of which no goroutine is among the rows; consequences left out. */
export function missedPlaces(dump: Dump, leaks: readonly Leak[], rows: readonly number[]): readonly string[] {
  return leaks
    .filter(({ consequence }) => consequence !== true)
    .filter((leak) => !rows.some(stuckIn(dump, [leak])))
    .map(({ at: place }) => place);
}

function stuckIn(dump: Dump, leaks: readonly Leak[]): (row: number) => boolean {
  const idsOf = leaks.map(({ ids }) => (ids === undefined ? null : new Set(ids)));
  return (row) => {
    const id = at(dump.goroutines.id, row);
    return leaks.some((leak, index) => {
      const ids = idsOf[index];
      return id >= 0 && ids ? ids.has(id) : standsAt(dump, row, leak.at);
    });
  };
}

function standsAt(dump: Dump, row: number, place: string): boolean {
  const { frames } = stackOf(dump, at(dump.goroutines.stack, row));
  return frames.some(({ file, line }) => `${file}:${line}`.endsWith(`/${place}`));
}

/** What a finding's certainty is earned by. */
export function classOf(dump: Dump, finding: Finding): string {
  const row = finding.rows[0];
  const wait = row === undefined ? "-" : baseState(dump.states[at(dump.goroutines.state, row)] ?? "-");
  const { evidenceClass } = finding as { evidenceClass?: string };
  return [finding.rule, evidenceClass ?? "-", wait || "(not printed)"].join(" | ");
}
