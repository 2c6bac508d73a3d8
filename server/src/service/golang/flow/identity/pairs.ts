import type { Pair } from "../../../../core/analysis/confinement.ts";
import type { Func, Variable } from "../../program/model.ts";
import type { Expression, Span, Statement } from "../../syntax/ast.ts";
import { statementsOf } from "../../syntax/children.ts";
import { type Access, accessOf, accessOfOperation } from "../values/access.ts";
import { addTo, type Flow, type Operation } from "../values/flow.ts";
import { valueKind } from "../values/library.ts";
import type { Owners } from "./owners.ts";
import { isInDefer } from "../ends/parked.ts";
import { neverPasses, Region } from "../control/region.ts";
import { arePathsSetOnce } from "../values/setOnce.ts";
import type { StackWalk } from "../stacks/stackWalk.ts";

/**
 * Which calls of a stack show by their receivers what an object has in a field: `t.q.Get()` of a method of `t`. When the
 * object in the field is no more needed it may be gone, and another one be at the address that its call shows.
 */
export class PairFinder {
  readonly #flow: Flow;
  readonly #owners: Owners;
  readonly #operations = new Map<Func, Operation[]>();

  constructor(flow: Flow, owners: Owners) {
    this.#flow = flow;
    this.#owners = owners;
    for (const operation of flow.operations) {
      if (operation.fn !== undefined) addTo(this.#operations, operation.fn, operation);
    }
  }

  /** Of the fields that were asked for. */
  of(walk: StackWalk, length: number): readonly Pair[] {
    if (this.#owners.fields.size === 0) return [];
    return Array.from({ length }, (_, index) => this.#pairsAt(walk, index)).flat();
  }

  /** What the receiver of a call, and of those that have it from there, shows of that of the next call further out. */
  #pairsAt(walk: StackWalk, index: number): readonly Pair[] {
    const [frame, caller] = [walk.frame(index), walk.frame(index + 1)];
    const { root, path } = this.#givenReceiver(walk, index) ?? {};
    const [name, ...more] = path ?? [];
    if (frame === undefined || caller === undefined || root === undefined) return [];
    if (name === undefined || more.length > 0) return [];
    const inner = this.#owners.inner(caller.fn, root, name);
    if (inner === undefined || !this.#owners.fields.has(inner.field)) return [];
    if (this.#flow.types.variable(frame.fn.receiver!) !== inner.type) return [];
    const { field } = inner;
    const isFixed = arePathsSetOnce(this.#flow, root, [name]) && this.#isNeeded(walk, index + 1);
    const isLasting = isFixed || this.#isNeeded(walk, index);
    return this.#withSame(walk, index).map((at) => {
      return { field, outer: caller.index, inner: walk.frame(at)!.index, isLasting, isFixed };
    });
  }

  /** What the next frame further out has as the receiver of a call, when it is that of just this call. */
  #givenReceiver(walk: StackWalk, index: number): Access | undefined {
    const receiver = walk.frame(index)?.fn.receiver;
    if (!isFixedPointer(receiver) || walk.running(index + 1) === undefined) return undefined;
    const given = walk.given(index, receiver);
    if (given?.at !== index + 1 || !isPlain(given.value)) return undefined;
    return accessOf(this.#flow, given.file, given.value, given.through);
  }

  /** Whether a call, or one that has its receiver from it or has given it that, does something with the receiver later. */
  #isNeeded(walk: StackWalk, index: number): boolean {
    let last = index;
    while (this.#isOfCaller(walk, last)) last++;
    return this.#withSame(walk, last).some((at) => this.#isUsedAt(walk, at));
  }

  /** A call, and those further in that have its receiver from it. */
  #withSame(walk: StackWalk, index: number): readonly number[] {
    const calls = [index];
    for (let at = index - 1; this.#isOfCaller(walk, at); at--) calls.push(at);
    return calls;
  }

  /** Whether the next call further out has called a method of its own receiver. */
  #isOfCaller(walk: StackWalk, index: number): boolean {
    const { root, path } = this.#givenReceiver(walk, index) ?? {};
    const outer = walk.frame(index + 1)?.fn.receiver;
    return root !== undefined && path?.length === 0 && root === outer && isFixedPointer(outer);
  }

  #isUsedAt(walk: StackWalk, index: number): boolean {
    const frame = walk.frame(index);
    if (frame === undefined) return false;
    const { fn, line } = frame;
    const running = walk.running(index);
    const called = running !== undefined && this.#givenReceiver(walk, index - 1);
    if (called && called.root === fn.receiver && isRepeated(this.#flow, fn, fn.body, running, line)) return true;
    return (this.#operations.get(fn) ?? []).some((operation) => {
      const { at } = operation;
      const { root, path } = accessOfOperation(this.#flow, operation);
      if (root === undefined || root !== fn.receiver || path.length === 0) return false;
      if (isRepeated(this.#flow, fn, fn.body, at, line)) return true;
      // Who waits at a channel of the object, or closes it in the end, no more needs the object for that.
      if (!this.#isPart(root, path) || !new Region(this.#flow, fn, line).has(at, running)) return false;
      const isDoneNow = at.line === line && walk.frame(index - 1) === undefined;
      return isDoneNow || at.line > line || isDeferred(fn, at, line);
    });
  }

  /** Whether a lock, WaitGroup or Cond is part of the object: whoever uses it holds on to the object. */
  #isPart(root: Variable, [name = "", ...more]: readonly string[]): boolean {
    const { types } = this.#flow;
    const field = types.field(types.variable(root), name);
    if (field === undefined || field.names.length > 1 || more.length > 0 || field.type.kind === "unary") return false;
    const type = types.named(field.type, field.file);
    return type?.kind === "external" && valueKind(type.name) !== undefined;
  }
}

/** Whether it is a pointer that the method sets to nothing else. */
function isFixedPointer(receiver: Variable | undefined): receiver is Variable {
  return receiver !== undefined && receiver.sources.length === 0 && receiver.type?.kind === "unary";
}

/** `t.q`: no call and no element is on the way. */
function isPlain(value: Expression): boolean {
  return value.kind === "selector" ? isPlain(value.of) : value.kind === "name";
}

/** Whether a function that is at a line has deferred it for sure. */
function isDeferred({ body }: Func, { start }: Span, line: number): boolean {
  return body.body.some((one) => one.kind === "defer" && one.start <= start && start < one.end && one.endLine < line);
}

/** Whether a loop that a function is in comes back to a place of its body. */
function isRepeated(flow: Flow, fn: Func, statement: Statement, place: Span, line: number): boolean {
  if (place.start < statement.start || statement.end < place.start || isInDefer(statement, place.start)) return false;
  if (statement.kind === "for" || statement.kind === "range") {
    const { start, line: first, endLine, body } = statement.body;
    const isWithin = start <= place.start && first <= line && line <= endLine;
    if (isWithin && !body.some((one) => neverPasses(flow, fn, one))) return true;
  }
  return statementsOf(statement).some((inner) => isRepeated(flow, fn, inner, place, line));
}
