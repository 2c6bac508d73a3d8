import type { Dump } from "../model/dump.ts";
import { type Frame, type Stack, stackOf } from "../model/stack.ts";
import { type Group, type GroupTable, rowsOf } from "../group/groups.ts";
import { firstUserFrame } from "../names/userCode.ts";
import type { RuleContext } from "./context.ts";

/** The dump with what several rules want to know of it. Made anew for each run. */
export class Analysis {
  readonly dump: Dump;
  readonly groups: GroupTable;
  readonly context: RuleContext;
  readonly #explained = new Set<number>();

  constructor(dump: Dump, groups: GroupTable, context: RuleContext) {
    this.dump = dump;
    this.groups = groups;
    this.context = context;
  }

  stack(group: Group): Stack {
    return stackOf(this.dump, group.stack);
  }

  rows(group: Group): Uint32Array {
    return rowsOf(this.groups, group);
  }

  /** Where the goroutines of a group stand, for people: the innermost user code, else the innermost frame at all. */
  place(group: Group): Frame | null {
    const { frames, createdBy } = this.stack(group);
    return firstUserFrame(frames) ?? frames[0] ?? createdBy;
  }

  /** Marks a group as explained: a weaker rule later in the order says nothing of it. */
  explain(group: Group): void {
    this.#explained.add(group.id);
  }

  isExplained(group: Group): boolean {
    return this.#explained.has(group.id);
  }
}
