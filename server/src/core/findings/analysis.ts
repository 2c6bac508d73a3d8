import type { Dump } from "../model/dump.ts";
import { CREATED_BY, FRAME, type Frame, frameOf, type Stack } from "../model/stack.ts";
import { type Group, type GroupTable, rowsOf } from "../group/groups.ts";
import { outerFunction } from "../names/functionName.ts";
import { type FrameFacts, FrameFactsTable } from "../names/frameFacts.ts";
import { isUserFrame } from "../names/userCode.ts";
import { type Role, roleOf } from "../leaks/roles.ts";
import type { RuleContext } from "./context.ts";

/** What rules ask about the goroutines of a group. */
export interface Traits {
  readonly stack: Stack;
  /** Frames of the user's code, innermost first. */
  readonly user: readonly FrameFacts[];
  /** Functions of all frames, without what closures add. */
  readonly families: ReadonlySet<string>;
  /** Receiver types of the user's frames. */
  readonly types: ReadonlySet<string>;
  /** The function with the `go` statement, without what closures add; null where it is not printed. */
  readonly creatorFamily: string | null;
  readonly role: Role;
}

/** The dump with what several rules want to know of it. Made anew for each run. */
export class Analysis {
  readonly dump: Dump;
  readonly groups: GroupTable;
  readonly context: RuleContext;
  readonly #frames: FrameFactsTable;
  readonly #traits: (Traits | undefined)[] = [];
  readonly #explained = new Set<number>();

  constructor(dump: Dump, groups: GroupTable, context: RuleContext) {
    this.dump = dump;
    this.groups = groups;
    this.context = context;
    this.#frames = new FrameFactsTable(dump);
  }

  /** Worked out once for each group. */
  traits(group: Group): Traits {
    return (this.#traits[group.id] ??= this.#traitsOf(group));
  }

  /** What the name of a frame says, by the frame's number. */
  facts(frame: number): FrameFacts {
    return this.#frames.of(frame);
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

  /** Marks a group as explained: a weaker rule later in the order says nothing of it. */
  explain(group: Group): void {
    this.#explained.add(group.id);
  }

  isExplained(group: Group): boolean {
    return this.#explained.has(group.id);
  }

  #traitsOf({ stack: number, state }: Group): Traits {
    const stack = this.#stack(number);
    const facts = stack.frames.map((frame) => this.#frames.of(frame.id));
    const user = facts.filter(({ isUser }) => isUser);
    const families = new Set(facts.map(({ family }) => family));
    return {
      stack,
      user,
      families,
      types: new Set(user.flatMap(({ type }) => type ?? [])),
      creatorFamily: stack.createdBy === null ? null : outerFunction(stack.createdBy.function),
      role: roleOf(stack, state, families),
    };
  }

  /** As `stackOf`, with frames that are made once for the dump. */
  #stack(number: number): Stack {
    const { parent, edge } = this.dump.stacks;
    const frames: Frame[] = [];
    let createdBy: Frame | null = null;
    let behindElided: number | null = null;
    for (let node = number; node > 0; node = parent[node]!) {
      const kind = edge[node]! & 3;
      if (kind === FRAME) frames.push(this.#frames.of(edge[node]! >> 2).frame);
      else if (kind === CREATED_BY) createdBy = frameOf(this.dump, edge[node]! >> 2);
      else behindElided = frames.length;
    }
    frames.reverse();
    return { frames, createdBy, elidedAfter: behindElided === null ? null : frames.length - behindElided };
  }
}
