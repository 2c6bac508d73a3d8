import type { Origin } from "../../../../core/analysis/confinement.ts";
import type { Func, ProgramFile, Variable } from "../../program/model.ts";
import type { Expression, Span } from "../../syntax/ast.ts";
import { accessOf } from "../values/access.ts";
import type { CallSite, Flow } from "../values/flow.ts";
import type { KnownFrame, KnownStack } from "./knownStack.ts";
import type { ThreatFinder } from "../ends/threats.ts";

/** Calls from one function to the next that are followed without a stack. */
const MAX_CALLS = 6;

/** What a call was given for a parameter. */
export interface Given {
  readonly value: Expression;
  readonly file: ProgramFile;
  /** The fields that lead from the value to what the call has. */
  readonly through: readonly string[];
  /** Who gave it: a call further out, or the `go` statement. */
  readonly by: KnownFrame;
  /** Its frame; undefined: the `go` statement. */
  readonly at: number | undefined;
}

/** Climbs from a frame to whoever made a value. */
export class StackWalk {
  readonly #flow: Flow;
  readonly #finder: ThreatFinder;
  readonly #stack: KnownStack;

  /** `finder`: what it finds on the way is not used. */
  constructor(flow: Flow, finder: ThreatFinder, stack: KnownStack) {
    this.#flow = flow;
    this.#finder = finder;
    this.#stack = stack;
  }

  /** Whose call made the value that a path from an expression of the frame leads to. */
  originOf(index: number, file: ProgramFile, expression: Expression, path: readonly string[]): Origin {
    const access = accessOf(this.#flow, file, expression, path);
    const frame = this.#stack.frames[index];
    if (access.root !== undefined || frame === undefined) return this.origin(index, access.root, access.path);
    return this.#finder.isMade(frame.fn, expression, path) ? "own" : "any";
  }

  /** Whose call made the value that a path from a variable of the frame leads to. */
  origin(index: number, root: Variable | undefined, path: readonly string[]): Origin {
    const frame = this.#stack.frames[index];
    if (root?.fn === undefined || frame === undefined) return "any";
    if (root.fn !== frame.fn) return this.#ofCaptured(index, frame.fn, root, path);
    if (!root.isParameter) return this.#finder.isOwn(root, path) ? "own" : "any";
    const given = this.given(index, root);
    if (given === undefined) return "any";
    const whole = [...given.through, ...path];
    if (given.at !== undefined) return this.originOf(given.at, given.file, given.value, whole);
    return this.#isOfGoroutine(given.by.fn, given.file, given.value, whole, 0) ? "creator" : "any";
  }

  /** The call that a frame of the program is in, when the next frame further in is the one that it calls. */
  running(index: number): Span | undefined {
    return this.runningSite(index)?.call;
  }

  /** As {@link running}, with what it is given. */
  runningSite(index: number): CallSite | undefined {
    const { frames } = this.#stack;
    const [frame, inner] = [frames[index], frames[index - 1]];
    if (frame === undefined || inner === undefined) return undefined;
    const sites = (this.#flow.callersOf.get(inner.fn) ?? []).filter((site) => isAt(site, frame));
    const [site] = sites;
    return sites.length === 1 && site?.kind === "call" && !site.isCallback ? site : undefined;
  }

  /** The node of an operand of a frame: of a bare parameter that of what this very call was given. */
  node(index: number, expression: Expression, node: number): number {
    const frame = this.#stack.frames[index];
    const bound = expression.kind === "name" ? this.#flow.program.bindings.get(expression) : undefined;
    if (frame === undefined || bound?.kind !== "variable") return node;
    if (bound.fn !== frame.fn || !bound.isParameter || bound.sources.length > 0) return node;
    const given = this.given(index, bound);
    if (given?.value.kind !== "name" || given.through.length > 0) return node;
    const next = this.#flow.program.bindings.get(given.value);
    if (next?.kind !== "variable") return node;
    const inner = this.#flow.variable(next);
    return given.at === undefined ? inner : this.node(given.at, given.value, inner);
  }

  frame(index: number): KnownFrame | undefined {
    return this.#stack.frames[index];
  }

  /** Whether a frame is below a call of that function. */
  isCalledBy(index: number, fn: Func): boolean {
    return this.#stack.frames.slice(index + 1).some((frame) => frame?.fn === fn);
  }

  /** The call with the `go` statement that a frame's function literal stands in, when the goroutine began with it. */
  starterOf(index: number): KnownFrame | undefined {
    const starter = index === this.#stack.entry && !this.#stack.isByStarter ? this.#starter() : undefined;
    return starter !== undefined && this.frame(index)?.fn.parent === starter.fn ? starter : undefined;
  }

  /** What the call of a frame was given for a parameter; undefined when that cannot be told. */
  given(index: number, parameter: Variable): Given | undefined {
    const frame = this.#stack.frames[index];
    const at = this.#outer(index);
    const by = this.#caller(index, at);
    const passed = frame && by && this.#passedAt(by, frame.fn, parameter);
    return passed && { ...passed, by, at };
  }

  /** A captured variable: its function is further out on the stack, or started the goroutine. */
  #ofCaptured(index: number, fn: Func, root: Variable, path: readonly string[]): Origin {
    if (root.fn === undefined || !this.#isVariableOfGoroutine(root.fn, root, path, 0)) return "any";
    const { frames, createdBy, entry, isByStarter } = this.#stack;
    if (frames.slice(index + 1).some((frame) => frame?.fn === root.fn)) return "own";
    if (index !== entry || fn.parent !== root.fn) return "any";
    return isByStarter || createdBy?.fn === root.fn ? "creator" : "any";
  }

  /** Whether the goroutine that runs a function has made the value itself, in that call or one further out. */
  #isOfGoroutine(fn: Func, file: ProgramFile, value: Expression, path: readonly string[], depth: number): boolean {
    const access = accessOf(this.#flow, file, value, path);
    if (access.root === undefined) return this.#finder.isMade(fn, value, path);
    return access.root.fn === fn && this.#isVariableOfGoroutine(fn, access.root, access.path, depth);
  }

  #isVariableOfGoroutine(fn: Func, variable: Variable, path: readonly string[], depth: number): boolean {
    if (!variable.isParameter) return this.#finder.isOwn(variable, path);
    const sites = this.#flow.callersOf.get(fn) ?? [];
    if (this.#flow.roots.has(fn) || variable.sources.length > 0 || sites.length === 0 || depth > MAX_CALLS)
      return false;
    return sites.every((site) => {
      const passed = site.kind === "call" && !site.isCallback ? passedAs(site, fn, variable) : undefined;
      if (passed === undefined || site.fn === undefined) return false;
      return this.#isOfGoroutine(site.fn, site.file, passed.value, [...passed.through, ...path], depth + 1);
    });
  }

  /** The next frame of the program further out; undefined: the goroutine began in this one. */
  #outer(index: number): number | undefined {
    const outer = this.#stack.frames.findIndex((frame, at) => at > index && frame !== undefined);
    return outer < 0 ? undefined : outer;
  }

  /** Who called the function of a frame: the frame further out, or the `go` statement. */
  #caller(index: number, outer: number | undefined): KnownFrame | undefined {
    if (outer !== undefined) return this.#stack.frames[outer];
    return index === this.#stack.entry ? this.#starter() : undefined;
  }

  /** The call with the `go` statement: as the dump says, or, where it says none, the only one that the source has. */
  #starter(): KnownFrame | undefined {
    const { frames, createdBy, entry } = this.#stack;
    const began = frames[entry];
    if (createdBy !== undefined || began === undefined || this.#flow.roots.has(began.fn)) return createdBy;
    const [site, ...others] = this.#flow.callersOf.get(began.fn) ?? [];
    if (site?.fn === undefined || site.kind !== "go" || others.length > 0) return undefined;
    return { fn: site.fn, line: site.call.line, index: frames.length };
  }

  /** What the caller gives as a parameter, when one call at its line can be meant. */
  #passedAt(caller: KnownFrame, fn: Func, variable: Variable) {
    const sites = (this.#flow.callersOf.get(fn) ?? []).filter((site) => isAt(site, caller));
    const [site] = sites;
    return site === undefined || sites.length > 1 ? undefined : passedAs(site, fn, variable);
  }
}

/** What a call gives as a parameter or receiver; undefined when that cannot be told. */
function passedAs(site: CallSite, fn: Func, variable: Variable) {
  const isReceiver = variable === fn.receiver;
  const value = isReceiver ? site.receiver : site.args[fn.params.indexOf(variable)];
  const isPlain = isReceiver || (site.args.length === fn.type.params.length && !fn.isVariadic);
  if (value === undefined || !isPlain) return undefined;
  return { value, file: site.file, through: isReceiver ? site.through : [] };
}

function isAt({ fn, call }: CallSite, caller: KnownFrame): boolean {
  return fn === caller.fn && call.line <= caller.line && caller.line <= call.endLine;
}
