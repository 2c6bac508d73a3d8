import type { Finding } from "../findings/finding.ts";
import { callAt, goroutines, grouped } from "../analysis/wording.ts";
import { isWakeable } from "../analysis/roles.ts";
import { stateInfo } from "../model/state.ts";
import type { ComparedGroup, Latest } from "./comparison.ts";
import { seriesFinding } from "./seriesFinding.ts";
import { type Message, say } from "../text/say.ts";

/**
 * Growth that is not taken for the ups and downs of traffic: ten goroutines more, and a tenth more, over the series. A
 * leak of one goroutine a request reaches both within a minute of any load; a pool that breathes stays below one.
 */
const LEAST_GROWTH = 10;
const LEAST_RATIO = 1.1;
/** Dumps from which a rise at every step is strong: over two it is a coin's toss. */
const STRONG_DUMPS = 3;
/** Share of the first dump's goroutines that must still be there. Goroutines of growing traffic come and go. */
const LEAST_STAYING = 0.5;

/** The rule `growing`: the count of a stack rises from each dump to the next, in a wait that somebody has to end. */
export function findGrowing(last: Latest, dumps: number, group: ComparedGroup): Finding | undefined {
  const first = group.counts[0] ?? 0;
  const now = group.counts.at(-1) ?? 0;
  const isMuch = now - first >= LEAST_GROWTH && now >= first * LEAST_RATIO;
  if (!group.risesAlways || !isMuch || !canLeak(group)) return undefined;
  const comeAndGo = group.staying !== null && group.staying < first * LEAST_STAYING;
  const isStrong = dumps >= STRONG_DUMPS && group.match === "exact" && !comeAndGo;
  const { place, finding } = seriesFinding(last, group);
  const where = place === null ? say`one place` : callAt(place);
  const message = say`Goroutines pile up in ${where}: ${goroutines(first)} in the first dump, ${grouped(now)} in the last.`;
  return finding({
    rule: "growing",
    certainty: isStrong ? "strong" : "suspect",
    what: say`Goroutines pile up`,
    message,
    evidence: growthEvidence(dumps, group),
  });
}

function growthEvidence(dumps: number, { counts, perMinute, staying, match }: ComparedGroup): Finding["evidence"] {
  const evidence: [Message, ...Message[]] = [
    say`${counts.map(grouped).join(", ")} goroutines in ${dumps} dumps, one after the other.`,
  ];
  const first = counts[0] ?? 0;
  if (perMinute !== null) evidence.push(say`That is ${rate(perMinute)} more a minute.`);
  if (staying !== null && first > 0) evidence.push(stayingSentence(staying, first));
  if (match === "functions") evidence.push(say`The builds differ: matched by functions, not by lines.`);
  return evidence;
}

/** With a decimal where it says something. */
function rate(perMinute: number): string {
  return perMinute < 10 ? perMinute.toFixed(1) : grouped(Math.round(perMinute));
}

function stayingSentence(staying: number, first: number): Message {
  if (staying === first) return say`All ${grouped(first)} of the first dump are still there in the last.`;
  return say`${grouped(staying)} of the ${grouped(first)} of the first dump are still there in the last.`;
}

/** Profiles in text print no state: then nothing speaks against a leak. */
function canLeak(group: ComparedGroup): boolean {
  return (group.groups.at(-1) ?? []).some(({ state }) => isWakeable(state) || stateInfo(state).kind === "unknown");
}
