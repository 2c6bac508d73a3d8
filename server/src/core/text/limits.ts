import { type Message, say } from "./say.ts";

/**
 * How much of each thing one input may bring. Beyond it the rest is left out, and a note of kind `limit` says so: time and
 * memory follow the size of the text, and no text of any size runs away. Real dumps stay far below.
 */
export const LIMITS = {
  /** Dumps of one text: a log of recovered panics may have one for each. What follows is not read any more. */
  dumps: 5000,
  /** Panics, fatal errors and signals of one dump: a program dies of one, or of a short chain. */
  incidents: 1000,
  /** Reports of the race detector in one dump. */
  races: 10_000,
  /** Reports of go-deadlock in one dump. */
  deadlockReports: 10_000,
  /** Places of one report of go-deadlock: it names everybody who holds a lock. */
  deadlockPlaces: 10_000,
  /** Stacks of one dump that no goroutine is known of. */
  systemStacks: 10_000,
  /** Entries of one stack: Go prints a hundred, a profile has 128 and what was inlined. */
  stackFrames: 10_000,
  /** Frames of all stacks of a protobuf profile together: its locations and what was inlined at each. */
  profileFrames: 20_000_000,
  /** Distinct states of one dump; Go has some sixty. */
  states: 10_000,
  /** Characters (UTF-16 units) of a state; the longest of Go's has 35. */
  stateLength: 400,
  /** Labels of one goroutine. */
  labels: 1000,
  /** Characters of the name of a function, a path, or a label's key or value. */
  nameLength: 10_000,
  /** Largest id of a goroutine: beyond it a number of JavaScript stands for several. */
  id: Number.MAX_SAFE_INTEGER,
  /** Notes of one text, or of one dump, that stand for themselves. */
  notes: 1000,
} as const;

/** What a note says of one case, and of several. */
export interface CountedNote {
  readonly one: Message;
  readonly many: (count: number) => Message;
}

/** What is said where a limit is met, for those that are met by one thing at a time. */
export const LIMIT_NOTES = {
  incidents: {
    one: say`1 panic, error or signal behind the first ${LIMITS.incidents} is left out`,
    many: (count) => say`${count} panics, errors and signals behind the first ${LIMITS.incidents} are left out`,
  },
  races: {
    one: say`1 race report behind the first ${LIMITS.races} is left out`,
    many: (count) => say`${count} race reports behind the first ${LIMITS.races} are left out`,
  },
  deadlockReports: {
    one: say`1 report of go-deadlock behind the first ${LIMITS.deadlockReports} is left out`,
    many: (count) => say`${count} reports of go-deadlock behind the first ${LIMITS.deadlockReports} are left out`,
  },
  deadlockPlaces: {
    one: say`1 place of a report behind its first ${LIMITS.deadlockPlaces} is left out`,
    many: (count) => say`${count} places of a report behind its first ${LIMITS.deadlockPlaces} are left out`,
  },
  systemStacks: {
    one: say`1 stack without a goroutine behind the first ${LIMITS.systemStacks} is left out`,
    many: (count) => say`${count} stacks without a goroutine behind the first ${LIMITS.systemStacks} are left out`,
  },
  stackFrames: {
    one: say`A stack has more than ${LIMITS.stackFrames} frames: the outermost one is left out`,
    many: () => say`Stacks have more than ${LIMITS.stackFrames} frames: the outer ones are left out`,
  },
  states: {
    one: say`1 goroutine counts as of unknown state: there are more than ${LIMITS.states} states`,
    many: (count) => say`${count} goroutines count as of unknown state: there are more than ${LIMITS.states} states`,
  },
  stateLength: {
    one: say`1 state is cut: it has more than ${LIMITS.stateLength} characters`,
    many: (count) => say`${count} states are cut: they have more than ${LIMITS.stateLength} characters`,
  },
  labels: {
    one: say`1 goroutine has more than ${LIMITS.labels} labels: the others are left out`,
    many: (count) => say`${count} goroutines have more than ${LIMITS.labels} labels: the others are left out`,
  },
  nameLength: {
    one: say`1 name is cut: it has more than ${LIMITS.nameLength} characters`,
    many: (count) => say`${count} names are cut: they have more than ${LIMITS.nameLength} characters`,
  },
  id: {
    one: say`1 goroutine counts without its id, which is beyond 2^53`,
    many: (count) => say`${count} goroutines count without their ids, which are beyond 2^53`,
  },
  notes: {
    one: say`1 note behind the first ${LIMITS.notes} is left out`,
    many: (count) => say`${count} notes behind the first ${LIMITS.notes} are left out`,
  },
} as const satisfies Partial<Record<keyof typeof LIMITS, CountedNote>>;
