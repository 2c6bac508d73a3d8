import type { Group, GroupTable } from "../group/groups.ts";
import { type CallKind, callKind } from "./normal.ts";
import { type Role, roleOf, type StackKind } from "./roles.ts";
import type { Dump } from "../model/dump.ts";
import type { Stack } from "../model/stack.ts";
import { type FrameFacts, FrameFactsTable } from "../names/frameFacts.ts";
import { byRange, type Steps } from "../steps.ts";

/** What rules ask about the goroutines of a group. */
export interface Traits {
  readonly stack: Stack;
  /** Frames of the user's code, innermost first. */
  readonly user: readonly FrameFacts[];
  /** Functions of all frames, without what closures add. */
  readonly families: FunctionSet;
  /** Receiver types of the user's frames. */
  readonly types: ReadonlySet<string>;
  /** The function with the `go` statement, without what closures add; null where it is not printed. */
  readonly creatorFamily: string | null;
  readonly role: Role;
}

/** Functions that can be asked for by name: a set of its own for each of many groups would cost more than looking. */
export interface FunctionSet {
  has(name: string): boolean;
}

/** A connection of a server: whatever stands below serves one request of many. */
const SERVES_REQUESTS = "net/http.(*conn).serve";

/** Runs in a program that listens to signals: then one that is not main takes a dump because it was sent one. */
export const LISTENS_TO_SIGNALS = "os/signal.loop";

/** Groups looked at in one step. */
const STEP = 256;

/** The traits of all groups of a dump, each worked out once, when it is first asked for. */
export class TraitsTable {
  readonly dump: Dump;
  readonly groups: GroupTable;
  readonly #frames: FrameFactsTable;
  readonly #traits: (Traits | undefined)[];
  /** By number of the function: what a call to it says, see `callKind`. */
  readonly #kinds: (CallKind | undefined)[];

  constructor(dump: Dump, groups: GroupTable) {
    this.dump = dump;
    this.groups = groups;
    this.#frames = new FrameFactsTable(dump);
    this.#traits = Array.from({ length: groups.groups.length });
    this.#kinds = Array.from({ length: dump.functions.length });
  }

  /** The traits with other states of some groups, by the numbers of these. */
  withStates(states: ReadonlyMap<number, string>): TraitsTable {
    if (states.size === 0) return this;
    const groups = this.groups.groups.map((group) => ({ ...group, state: states.get(group.id) ?? group.state }));
    return new TraitsTable(this.dump, { ...this.groups, groups });
  }

  /** Works all of them out, so that nobody has to wait for many at once later. */
  *prepare(): Steps<void> {
    const { groups } = this.groups;
    yield* byRange(groups.length, (start, end) => groups.slice(start, end).forEach((group) => this.of(group)), STEP);
  }

  of(group: Group): Traits {
    return (this.#traits[group.id] ??= this.#traitsOf(group));
  }

  /** What the name of a frame says, by the frame's number. */
  facts(frame: number): FrameFacts {
    return this.#frames.of(frame);
  }

  /** Whether any stack may have a function of that name, or a closure in one: to look no further when none has. */
  hasFamily(family: string): boolean {
    return this.#frames.hasFamily(family);
  }

  #traitsOf({ stack: number, state }: Group): Traits {
    const stack = this.#frames.stack(number);
    const facts = stack.frames.map(({ id }) => this.#frames.of(id));
    const user = facts.filter(({ isUser }) => isUser);
    return {
      stack,
      user,
      families: { has: (name) => facts.some(({ family }) => family === name) },
      types: typesOf(user),
      creatorFamily: stack.createdBy === null ? null : this.#frames.of(stack.createdBy.id).family,
      role: roleOf(stack, state, this.#stackKind(facts, user.length > 0)),
    };
  }

  #stackKind(facts: readonly FrameFacts[], hasUser: boolean): StackKind {
    let [isNormal, takesDump, isServing, isMain] = [false, false, false, false];
    for (const frame of facts) {
      const kind = this.#callKind(frame);
      isNormal ||= kind === "normal";
      takesDump ||= kind === "takes-dump";
      isServing ||= frame.family === SERVES_REQUESTS;
      isMain ||= frame.frame.function === "main.main";
    }
    const isDumper = isServing || (!isMain && this.hasFamily(LISTENS_TO_SIGNALS));
    return { isNormal, takesDump, isDumper, hasUser };
  }

  #callKind({ frame, family }: FrameFacts): CallKind {
    return (this.#kinds[this.dump.frames.function[frame.id]!] ??= callKind(frame.function, family));
  }
}

function typesOf(user: readonly FrameFacts[]): ReadonlySet<string> {
  const types = new Set<string>();
  for (const { type } of user) if (type !== null) types.add(type);
  return types;
}
