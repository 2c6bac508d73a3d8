import type { Variable } from "../../program/model.ts";
import type { Span, Statement } from "../../syntax/ast.ts";
import { statementsOf } from "../../syntax/children.ts";
import { type Access, accessOf } from "../values/access.ts";
import type { Flow } from "../values/flow.ts";
import { isFreshVariable } from "../values/fresh.ts";
import type { Loop } from "../values/givenOnce.ts";
import type { KnownFrame } from "../stacks/knownStack.ts";
import type { Owners } from "./owners.ts";
import { contains, isGoto } from "../control/region.ts";
import { arePathsSetOnce } from "../values/setOnce.ts";
import type { StackWalk } from "../stacks/stackWalk.ts";
import type { Threat } from "../ends/threat.ts";

/**
 * Whether a call has but one of the values that a place of the source makes, whatever it does next: then those who wait
 * can be counted against those who may help, though the dump does not tell who belongs to whom.
 */
export class Singles {
  readonly #flow: Flow;
  readonly #owners: Owners;

  constructor(flow: Flow, owners: Owners) {
    this.#flow = flow;
    this.#owners = owners;
  }

  /** Whether what a place gets at is one value at any time, and the next one, if there is another, does not exist yet. */
  isOne({ root, path, isOwn }: Pick<Threat, "root" | "path" | "isOwn">): boolean {
    if (root === undefined) return isOwn && path.length === 0;
    if (!arePathsSetOnce(this.#flow, root, path)) return false;
    if (root.isParameter) return root.sources.length === 0;
    // A new object may have been given what exists already: `w := &worker{ch: chans[i]}`.
    return this.#isMadeAlone(root, path);
  }

  /**
   * A name for what a place of a frame gets at: calls on one stack that have it from each other have the same. Never the
   * same for two values: of a function that calls itself each call has variables of its own.
   */
  valueOf(walk: StackWalk, index: number, { root, path }: Access, at: Span): string {
    const given = root?.isParameter === true && root.fn === walk.frame(index)?.fn ? walk.given(index, root) : undefined;
    if (given?.at !== undefined) {
      const access = accessOf(this.#flow, given.file, given.value, [...given.through, ...path]);
      if (access.root !== undefined) return this.valueOf(walk, given.at, access, at);
    }
    return `${index} ${root?.id ?? `at ${at.start}`} ${path.join(".")}`;
  }

  /** Whether each goroutine with that stack waits for a value of its own, with which no other waits at that place. */
  isOwnOfEach(walk: StackWalk, index: number, { root, path }: Access): boolean {
    const frame = walk.frame(index);
    if (root?.fn === undefined || frame === undefined) return false;
    if (root.fn !== frame.fn) {
      if (walk.isCalledBy(index, root.fn)) return this.#isMadeAlone(root, path);
      const starter = walk.starterOf(index);
      return starter !== undefined && this.#isMadeForStart(starter, root, path);
    }
    if (!root.isParameter) return this.#isMadeAlone(root, path);
    const given = root.sources.length === 0 ? walk.given(index, root) : undefined;
    if (given === undefined) return false;
    const access = accessOf(this.#flow, given.file, given.value, [...given.through, ...path]);
    if (given.at !== undefined) return this.isOwnOfEach(walk, given.at, access);
    return access.root !== undefined && this.#isMadeForStart(given.by, access.root, access.path);
  }

  /** Whether each value of the variable leads to another thing. */
  #isMadeAlone(root: Variable, path: readonly string[]): boolean {
    if (!isFreshVariable(this.#flow, root)) return false;
    const [name, ...more] = path;
    if (name === undefined) return true;
    const type = this.#flow.types.variable(root);
    return more.length === 0 && type?.kind === "named" && this.#owners.isAlone(type, name);
  }

  /** Whether a `go` statement starts one goroutine for each value of a variable of its function. */
  #isMadeForStart({ fn, line }: KnownFrame, root: Variable, path: readonly string[]): boolean {
    if (root.fn !== fn || contains(fn.body, isGoto) || !this.#isMadeAlone(root, path)) return false;
    const starts = startsAt(fn.body, line, []);
    const [loops] = starts;
    if (loops === undefined || starts.length > 1) return false;
    const made = [root.declared, ...root.sources.map(({ value }) => value)];
    // What the head of a loop makes is made once for all rounds.
    return loops.every(({ body }) => made.every((one) => body.start <= one.start && one.end <= body.end));
  }
}

/** The loops around each `go` statement at a line. */
function startsAt(statement: Statement, line: number, loops: readonly Loop[]): readonly (readonly Loop[])[] {
  if (line < statement.line || statement.endLine < line) return [];
  if (statement.kind === "go") return [loops];
  const within = statement.kind === "for" || statement.kind === "range" ? [...loops, statement] : loops;
  return statementsOf(statement).flatMap((inner) => startsAt(inner, line, within));
}
