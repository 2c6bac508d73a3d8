import type { Analysis } from "../../analysis/analysis.ts";
import type { Certainty } from "../../analysis/certainty.ts";
import { waitOf } from "../../leaks/waits.ts";
import type { Candidate } from "../../locks/lock.ts";
import type { LockReport } from "../../locks/lockReports.ts";
import { waitsForChild } from "../../locks/wording.ts";
import { at } from "../../model/column.ts";
import { NO_WAIT } from "../../model/dump.ts";
import { stateInfo } from "../../model/state.ts";
import type { Investigation } from "../investigation.ts";
import { isDoubtful } from "./takenLock.ts";

/** A chain of locks and the goroutine at its end that waits for something else, or for a lock whose holder is not known. */
export interface Chain {
  readonly root: Candidate;
  /** The lock the root holds first, then those that wait behind it. */
  readonly locks: LockReport[];
}

/**
 * Locks are held across short waits in healthy programs. So the holder has to be stuck: nobody is left who could wake it,
 * or it has waited for a minute by Go's own clock, though not for the network, a file or somebody at work, which may be slow;
 * or it waits for a child process, which no lock should: what is done once may take its time.
 */
export function certaintyOf(investigation: Investigation, chain: Chain): Certainty | undefined {
  const { analysis } = investigation;
  const { root, locks } = chain;
  const { role } = analysis.traits(root.group);
  const { kind } = stateInfo(root.group.state);
  if (kind === "running") return undefined;
  if (isStuck(investigation, chain)) return isHolder(analysis, chain) ? "strong" : "suspect";
  // To wait for its function is what a Once is for: that takes its time, and of a profile nothing tells that it is stuck.
  if (isOnce(chain) && (role !== "blocked" || kind === "unknown")) return undefined;
  if (role === "blocked") return "suspect";
  // One that sleeps or waits for the network will go on: one that sleeps long, or a queue of many, is worth a look.
  const waiting = locks.reduce((sum, report) => sum + report.waiting, 0);
  return hasWaited(analysis, chain) || waiting >= analysis.context.thresholds.lockWaiters ? "suspect" : undefined;
}

function isStuck(investigation: Investigation, chain: Chain): boolean {
  const { analysis, wakers } = investigation;
  const { row, group } = chain.root;
  const { role, families } = analysis.traits(group);
  const mayGoOn = role !== "blocked" || isHelped(investigation, chain);
  const isHeldTooLong = (hasWaited(analysis, chain) && !mayGoOn) || waitsForChild(families);
  if (isHeldTooLong && !isOnce(chain)) return true;
  // What is absent proves nothing but in a dump of the whole process.
  const isLost = analysis.isWhole && wakers.whySurely(row) !== undefined;
  return role === "blocked" && (isLost || holdsAllUp(investigation, chain));
}

/** Whether the root waits for somebody at work: in another package, or among those that it has started itself. */
function isHelped({ analysis, wakers }: Investigation, { root: { row, group } }: Chain): boolean {
  const wait = waitOf(group, analysis.traits(group));
  return (wait === "receive" && wakers.isAssisted(row)) || (wait === "wait-group" && wakers.hasRelativeAtWork(row));
}

function isOnce({ locks }: Chain): boolean {
  return locks[0]?.lock.kind === "once";
}

/** Go's clock shows that the root does not move. Beside methods that take no lock others may wait for one for a moment. */
function hasWaited({ dump }: Analysis, { root, locks }: Chain): boolean {
  if (at(dump.goroutines.wait, root.row) === NO_WAIT) return false;
  return isPast(root) || locks.some(({ lock }) => lock.waiters.some(({ group }) => group.wait !== null));
}

function isPast({ evidence }: Candidate): boolean {
  return evidence === "taken" || evidence === "past-the-lock";
}

/**
 * Whether it is past the lock, in a send or at another lock, and all others in the code of the lock's owner wait for it: so
 * nobody else holds the lock, and nobody is there who could come to receive.
 */
function holdsAllUp({ analysis, wakers }: Investigation, { root, locks }: Chain): boolean {
  const wait = waitOf(root.group, analysis.traits(root.group));
  if (!isPast(root) || (wait !== "send" && wait !== "lock") || !analysis.isWhole) return false;
  const waiting = locks.flatMap(({ lock }) => lock.waiters);
  const packages = new Set(waiting.map(({ site }) => site?.package ?? ""));
  return wakers.activeCode.areAlone(packages, new Set([root.group, ...waiting.map(({ group }) => group)]));
}

/**
 * Whether the evidence names the holder. Being past the lock on the same value does, in any text; being the only one who
 * runs a method of it, where all are shown and it is not the loop of the value; a name alone does not.
 */
function isHolder(analysis: Analysis, { root, locks }: Chain): boolean {
  if (root.evidence === "taken") return true;
  const [direct] = locks;
  if (direct === undefined || isDoubtful(analysis, direct)) return false;
  if (direct.lock.object === null) return root.evidence === "past-the-lock" && direct.lock.kind === "once";
  if (root.evidence === "past-the-lock") return true;
  return root.evidence === "same-value" && analysis.isWhole;
}
