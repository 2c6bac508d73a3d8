import type { Analysis } from "../analysis/analysis.ts";
import type { Traits } from "../analysis/traits.ts";
import type { Group } from "../group/groups.ts";
import { at } from "../model/column.ts";
import { lockWaitOf, waitKindOf } from "../locks/lockWait.ts";
import { locksForOthers } from "../locks/sites.ts";
import { stateInfo, type WaitKind } from "../model/state.ts";
import type { Steps } from "../steps.ts";
import { findConfined, Loss } from "./confined.ts";
import { hasCreators } from "./creators.ts";
import { type Kinship, findKinship, Mark } from "./kinship.ts";
import { type Measures, measure } from "./measures.ts";
import { openingBySource } from "./openBySource.ts";
import { GENERATORS, ActiveCode } from "./activeCode.ts";
import { findOutnumbered } from "./outnumbered.ts";
import { isConsumer, isOpenSelect, mayTick } from "./waits.ts";

/**
 * Why nobody will wake a goroutine.
 * `confined`: the source shows that what it waits for never left the calls that made it, and nobody of these can go on.
 * `untilSignal`: as `confined`, but that it gives up when a signal tells the program to end.
 * `outnumbered`: as `confined`, of so many of a group as are more than those who may help; which of them is not told.
 * `gone`: whoever started it has ended, and all its relatives are blocked too.
 * `requested`: it was started for a request that is over, and all its relatives are blocked too.
 * `lazy`: as `gone` or `requested`, but it waits as workers do that were started when the first work came.
 * `given`: as `gone` or `requested`, but it waits for something of a value that others may have as well.
 * `returned`: the function that started it is over, and all its relatives are blocked too.
 * `behind`: as `returned`, but somebody else is amid work, and may be at the end of a chain that leads to it.
 * `all`: main and all its relatives are blocked, and no ticker can wake one of them.
 * `idle`: as `all`, but a ticker, or an event that a Cond stands for, may wake one of them.
 * `left`: as `returned`, where the dump does not tell who started whom, so that the starter may be anybody who is alive.
 * `locked`: all its relatives are blocked, and one of them waits for a lock.
 * `still`: nobody in the program runs, and nobody else is in the code it waits in.
 */
export type LostReason =
  | "confined"
  | "untilSignal"
  | "outnumbered"
  | "gone"
  | "requested"
  | "lazy"
  | "given"
  | "returned"
  | "left"
  | "behind"
  | "all"
  | "idle"
  | "locked"
  | "still";

/** Waits that may be for an event from outside, which whoever has the value tells of. */
const GIVEN: ReadonlySet<WaitKind> = new Set(["receive", "condition", "wait-group"]);

/** Tells of rows of one group why nobody will wake them, see {@link Wakers.why}. */
export type Judge = (row: number) => LostReason | undefined;

/**
 * Who could wake whom. Goroutines of which one started the other, or that one function call started, are relatives; so
 * are, where the starter still lives, those that run methods of one type. When all relatives are blocked on channels,
 * locks and the like, only a stranger could wake them. Time is linear in rows and in the frames of distinct stacks.
 */
export class Wakers {
  readonly #analysis: Analysis;
  /** Who is alive in which code. */
  readonly activeCode: ActiveCode;
  readonly #kinship: Kinship;
  readonly #losses: Uint8Array | undefined;
  readonly #hasCreators: boolean;
  #measured: Measures | undefined;
  #anyMarks: number | undefined;
  #outnumbered: ReadonlyMap<number, number> | undefined;

  private constructor(analysis: Analysis, activeCode: ActiveCode, kinship: Kinship, losses: Uint8Array | undefined) {
    this.#analysis = analysis;
    this.activeCode = activeCode;
    this.#kinship = kinship;
    this.#losses = losses;
    this.#hasCreators = hasCreators(analysis);
  }

  /** Works it out. */
  static *of(analysis: Analysis): Steps<Wakers> {
    const activeCode = yield* ActiveCode.of(analysis);
    const kinship = yield* findKinship(analysis, activeCode);
    // Among goroutines that are not shown somebody may stand where the source says that it could be done.
    const isWhole = analysis.coverage.kind === "whole";
    return new Wakers(analysis, activeCode, kinship, isWhole ? yield* findConfined(analysis) : undefined);
  }

  /** Why nobody will wake the goroutine of that row; undefined when somebody may, or when it needs nobody. */
  why(row: number): LostReason | undefined {
    return this.judge(this.#analysis.groupOf(row))?.(row);
  }

  /** How many goroutines of a group are lost at least, whichever they are: there are fewer left who may help than wait. */
  fewestLost(group: Group): number {
    if (this.#analysis.coverage.kind !== "whole") return 0;
    this.#outnumbered ??= findOutnumbered(this.#analysis);
    return this.#outnumbered.get(group.id) ?? 0;
  }

  /** As {@link why}; undefined too where the source shows that somebody may end the wait. */
  whySurely(row: number): LostReason | undefined {
    const reason = this.why(row);
    if (reason === undefined || isShown(reason)) return reason;
    return openingBySource(this.#analysis, this.#analysis.groupOf(row)) === undefined ? reason : undefined;
  }

  /** Whether a relative waits for somebody at work in another package, and may go on then, and help. */
  isAssisted(row: number): boolean {
    return (this.#kinship.wide.marks(row) & Mark.assisted) !== 0;
  }

  /** Whether a relative by descent is at work: one that it has started, for one. */
  hasRelativeAtWork(row: number): boolean {
    return (this.#kinship.close.marks(row) & Mark.alive) !== 0;
  }

  /** As {@link why}, for many rows of one group; undefined: the answer is undefined for all of them. */
  judge(group: Group): Judge | undefined {
    const traits = this.#analysis.traits(group);
    if (traits.role !== "blocked" || traits.user[0] === undefined) return undefined;
    const isAlivePackage = this.activeCode.isAlivePackage(traits);
    const isNear = this.#isNear(traits);
    const mayBeTimed = stateInfo(group.state).kind === "receive" || isOpenSelect(group, traits);
    const mayGenerate = isGenerator(group, traits);
    const ticks = mayTick(group, traits);
    const mayBeLazy = this.#mayBeLazy(group, traits);
    const isGiven = this.#waitsForGiven(group, traits);
    const isLoneSend = this.activeCode.isLoneSend(group, traits);
    const mayBeHeldAnywhere = this.activeCode.isUserActive && this.#waitsForLockOfOthers(group, traits);
    return (row) => {
      const loss = this.#losses?.[row];
      if (loss === Loss.forGood) return "confined";
      if (loss === Loss.untilSignal) return "untilSignal";
      if (mayBeHeldAnywhere) return undefined;
      if (!isNear && this.#isGone(row, mayBeTimed)) return mayBeLazy(row) ? "lazy" : this.#goneVerdict(row, isGiven);
      const verdict = isAlivePackage ? undefined : this.#kinVerdict(row, mayGenerate);
      // What a ticker may wake is not lost because those around it are.
      if (verdict !== undefined) return ticks && (verdict === "idle" || verdict === "locked") ? undefined : verdict;
      return isLoneSend && !this.#isServed(row) ? "still" : undefined;
    };
  }

  /** Whether it was started for a request that may go on, or by the function that takes the dump: it may be helped. */
  #isServed(row: number): boolean {
    const served = Mark.alive | Mark.unknown;
    return (this.#kinship.close.marks(row) & served) === served;
  }

  /** Whether it waits in a function that locks for its caller: whoever has the lock may stand in any code. */
  #waitsForLockOfOthers({ state }: Group, { stack: { frames } }: Traits): boolean {
    const site = frames[lockWaitOf(frames, state)?.site ?? -1];
    return site !== undefined && locksForOthers(this.#analysis.facts(site.id));
  }

  /**
   * Whether somebody is at work who may have what a goroutine waits for, though its starter is gone: a method of its type, its
   * package where others have started it, or the call around the literal that started it, where that may live on.
   */
  #isNear(traits: Traits): boolean {
    if (this.activeCode.hasAliveKin(traits) || this.activeCode.isAssisted(this.#analysis, traits)) return true;
    const { createdBy } = traits.stack;
    const starter = createdBy === null ? undefined : this.#analysis.facts(createdBy.id);
    return (
      starter !== undefined && starter.frame.function !== starter.family && this.activeCode.isBusyIn(starter.family)
    );
  }

  /**
   * Whether whoever started a goroutine or its relatives by descent is gone, and none of them is alive, nor in a select that
   * may have a timer, unless it may wait for one itself.
   */
  #isGone(row: number, mayBeTimed: boolean): boolean {
    const timed = mayBeTimed ? 0 : Mark.selects | Mark.asks;
    const all = Mark.gone | Mark.alive | Mark.assisted | Mark.returned | Mark.main | Mark.unknown | timed;
    return (this.#kinship.close.marks(row) & all) === Mark.gone;
  }

  #goneVerdict(row: number, isGiven: boolean): LostReason {
    if (isGiven && this.#mayIdle(row)) return "given";
    const marks = this.#kinship.close.marks(row) & (Mark.requested | Mark.selects);
    return marks === Mark.requested ? "requested" : "gone";
  }

  /**
   * Tells whether goroutines of a group may be workers, or wait for workers, which a call started that needed them first:
   * a program has few of one kind. They are idle, or wait until somebody at work takes what they have; those of which one
   * waits for a lock, or to send, are not idle.
   */
  #mayBeLazy(group: Group, traits: Traits): (row: number) => boolean {
    const kind = waitKindOf(group.state, traits);
    const waitsForWork = isConsumer(group, traits) || (kind === "send" && this.activeCode.isAnyoneAtWork);
    if (!waitsForWork && kind !== "wait-group") return () => false;
    let isFew: boolean | undefined;
    return (row) => {
      const consumes = (this.#kinship.close.marks(row) & Mark.consumes) !== 0;
      const mayIdle = waitsForWork || (consumes && this.#mayIdle(row));
      return mayIdle && (isFew ??= !this.#areStartedApart(group));
    };
  }

  /** Whether none of its relatives waits for a lock, or to send: those do not idle. */
  #mayIdle(row: number): boolean {
    return (this.#kinship.close.marks(row) & (Mark.lock | Mark.sends)) === 0;
  }

  /**
   * Whether goroutines wait in a method of a value whose type is not that of the method that started them: it handed the value
   * over, and others may have it: from a map of open orders, say, that a later request or a reader of the network looks up.
   */
  #waitsForGiven({ state }: Group, traits: Traits): boolean {
    const { createdBy } = traits.stack;
    const type = traits.user[0]?.type ?? null;
    if (createdBy === null || type === null || !GIVEN.has(waitKindOf(state, traits))) return false;
    return this.#analysis.facts(createdBy.id).type !== type;
  }

  /** Whether goroutines of a group were started one by one, at many times. A loop that starts several gives them ids in a row. */
  #areStartedApart(group: Group): boolean {
    const { id, creator } = this.#analysis.dump.goroutines;
    let starts = 0;
    for (const row of this.#analysis.rows(group)) {
      const before = this.#kinship.ids.rowOf(at(id, row) - 1);
      if (before < 0 || at(creator, before) !== at(creator, row)) starts++;
    }
    return starts >= GENERATORS && starts * 2 > group.count;
  }

  #kinVerdict(row: number, mayGenerate: boolean): LostReason | undefined {
    const { close, wide } = this.#kinship;
    const own = close.marks(row);
    const all = wide.marks(row);
    // A select may have a timer or a context among its cases.
    if ((all & (Mark.alive | Mark.selects | Mark.assisted)) !== 0) return undefined;
    const isClosed = (all & Mark.helped) === 0;
    if ((own & Mark.main) !== 0) return isClosed && this.#knowsAll() ? this.#ofAll(all) : undefined;
    // Of those whose starter is not known, others may be relatives that are not seen to be.
    if (isClosed && (all & Mark.lock) !== 0 && (all & (Mark.asks | Mark.unknown)) === 0) return "locked";
    if ((all & Mark.unknown) !== 0 || (own & Mark.returned) === 0 || (all & Mark.consumes) !== 0) return undefined;
    if (mayGenerate && this.#isAmongFew(row)) return undefined;
    if (!this.#knowsAll()) return "left";
    return this.activeCode.isAmidWork ? "behind" : "returned";
  }

  #ofAll(ofKin: number): LostReason {
    // Where the dump does not tell who started whom, anybody may be a relative of main.
    const marks = this.#hasCreators ? ofKin : this.#marksOfAll();
    return (marks & (Mark.ticks | Mark.conditions | Mark.asks)) === 0 ? "all" : "idle";
  }

  #marksOfAll(): number {
    if (this.#anyMarks !== undefined) return this.#anyMarks;
    let marks = 0;
    for (let row = 0; row < this.#analysis.dump.goroutines.length; row++) marks |= this.#kinship.wide.marks(row);
    return (this.#anyMarks = marks);
  }

  /** Whether it is known who descends from main: else anybody who moves may. */
  #knowsAll(): boolean {
    return this.#hasCreators || this.activeCode.isStill;
  }

  /** Whether all relatives of a goroutine could be generators of one kind: a program has few of them. */
  #isAmongFew(row: number): boolean {
    const kin = this.#kinship.wide;
    this.#measured ??= measure(kin, this.#analysis.groups);
    const set = kin.setOf(row);
    return this.#measured.sizes[set]! < GENERATORS && this.#measured.isMixed[set] === 0;
  }
}

/** Whether the source shows by itself that a goroutine is lost. */
export function isShown(reason: LostReason | undefined): boolean {
  return reason === "confined" || reason === "untilSignal";
}

/** A goroutine that may offer value after value on a channel: numbers, ids. It is blocked whenever nobody wants one. */
function isGenerator({ state }: Group, { user }: Traits): boolean {
  return stateInfo(state).kind === "send" && user.length === 1;
}
