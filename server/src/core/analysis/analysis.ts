import { type Group, type GroupTable, rowsOf } from "../group/groups.ts";
import type { Dump } from "../model/dump.ts";
import type { Frame, Stack } from "../model/stack.ts";
import type { FrameFacts } from "../names/frameFacts.ts";
import { isUserFrame } from "../names/userCode.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import type { RuleContext } from "./context.ts";
import type { Traits, TraitsTable } from "./traits.ts";

/** The dump with what several rules want to know of it. Made anew for each run. */
export class Analysis {
  readonly dump: Dump;
  readonly groups: GroupTable;
  readonly context: RuleContext;
  /** How much of its process the dump shows: what is absent proves something in a whole one only. */
  readonly coverage: Coverage;
  readonly #traits: TraitsTable;

  constructor(traits: TraitsTable, context: RuleContext) {
    this.dump = traits.dump;
    this.groups = traits.groups;
    this.context = context;
    this.coverage = coverageOf(traits.dump);
    this.#traits = traits;
  }

  /** Worked out once for each group. */
  traits(group: Group): Traits {
    return this.#traits.of(group);
  }

  /** What the name of a frame says, by the frame's number. */
  facts(frame: number): FrameFacts {
    return this.#traits.facts(frame);
  }

  /** Whether any stack may have a function of that name, or a closure in one. */
  hasFamily(family: string): boolean {
    return this.#traits.hasFamily(family);
  }

  stack(group: Group): Stack {
    return this.traits(group).stack;
  }

  /** The group a row belongs to. */
  groupOf(row: number): Group {
    return this.groups.groups[this.groups.groupOf[row]!]!;
  }

  rows(group: Group): Uint32Array {
    return rowsOf(this.groups, group);
  }

  /**
   * Where the goroutines of a group stand, for people: the innermost user code; else the user's `go` statement; else the
   * innermost frame outside the runtime.
   */
  place(group: Group): Frame | null {
    const { user, stack } = this.traits(group);
    const { createdBy, frames } = stack;
    if (user[0] !== undefined) return user[0].frame;
    if (createdBy !== null && isUserFrame(createdBy)) return createdBy;
    return frames.find((frame) => !frame.function.startsWith("runtime.")) ?? frames[0] ?? createdBy;
  }

  /** Whether it proves something that somebody is not in the dump. */
  get isWhole(): boolean {
    return this.coverage.kind === "whole";
  }
}
