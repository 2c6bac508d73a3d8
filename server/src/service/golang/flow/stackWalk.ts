import type { Origin } from "../../../core/analysis/confinement.ts";
import { splitFunctionName } from "../../../core/names/functionName.ts";
import type { Func, Program, ProgramFile, Variable } from "../program/model.ts";
import type { Expression, Span, Statement } from "../syntax/ast.ts";
import { statementsOf } from "../syntax/children.ts";
import { accessOf } from "./access.ts";
import type { CallSite, Flow } from "./flow.ts";
import type { ThreatFinder } from "./threats.ts";

/** A frame as the dump has it, and where its source is. */
export interface PlacedFrame {
  /** The linker's name. */
  readonly function: string;
  /** Undefined: not in the program. */
  readonly uri: string | undefined;
  /** 0-based. */
  readonly line: number;
  /** Its number in the dump's stack, 0 for the innermost. */
  readonly index: number;
}

/** A goroutine's stack as the source sees it. */
export interface PlacedStack {
  /** Innermost first. */
  readonly frames: readonly PlacedFrame[];
  readonly createdBy: PlacedFrame | undefined;
  /** Whether frames were left out. */
  readonly isElided: boolean;
  /** Wait reason. */
  readonly state: string;
}

/** A call on a stack of which the source is known. */
export interface KnownFrame {
  readonly fn: Func;
  readonly line: number;
  /** As {@link PlacedFrame.index}. */
  readonly index: number;
}

/** The calls of a stack; undefined in place of those that are not in the program. */
export interface KnownStack {
  readonly frames: readonly (KnownFrame | undefined)[];
  readonly createdBy: KnownFrame | undefined;
  /** Index of the frame of the function that the `go` statement names. */
  readonly entry: number;
  /** Whether a library started it for the function of the program that asked it to: `errgroup.Group.Go`. */
  readonly isByStarter: boolean;
  /** Whether it is in `sync.Cond.Wait`, which gives a lock back meanwhile. */
  readonly waitsInCond: boolean;
}

/** Wrappers that the compiler makes for `go` and `defer` statements, and method values. */
const WRAPPER = /\.(?:gowrap|deferwrap)\d+$|-fm$|·dwrap·/;

/** Functions that start a goroutine for their caller, and the frames they leave on its stack. */
const STARTER =
  /^(?:golang\.org\/x\/sync\/errgroup\.\(\*Group\)\.(?:Go|TryGo|add)|sync\.\(\*WaitGroup\)\.Go)(?:\.func\d+)?$/;

/** The functions of a stack's frames; undefined when a frame does not fit the source: then the source says nothing. */
export function knownStack(program: Program, { frames, createdBy, isElided }: PlacedStack): KnownStack | undefined {
  if (isElided) return undefined;
  const known: (KnownFrame | undefined)[] = [];
  for (const frame of frames) {
    const file = fileOf(program, frame);
    if (file === undefined || WRAPPER.test(frame.function)) {
      if (file === undefined && isOfProgram(program, frame)) return undefined;
      known.push(undefined);
      continue;
    }
    const fn = functionAt(file, frame);
    if (fn === undefined) {
      if (isStatementWrapper(file, frame)) known.push(undefined);
      else return undefined;
    } else known.push({ fn, line: frame.line, index: frame.index });
  }
  const isWrapped = ({ function: name }: PlacedFrame) =>
    WRAPPER.test(name) || STARTER.test(name) || name === "runtime.goexit";
  let entry = frames.length - 1;
  while (entry >= 0 && isWrapped(frames[entry]!)) entry--;
  return {
    frames: known,
    createdBy: createdBy && createdByOf(program, createdBy),
    entry,
    isByStarter: createdBy !== undefined && STARTER.test(createdBy.function),
    waitsInCond: frames.some(({ function: name }) => name === "sync.(*Cond).Wait"),
  };
}

function fileOf({ files }: Program, { uri }: PlacedFrame): ProgramFile | undefined {
  return uri === undefined ? undefined : files.get(uri);
}

/** Whether a frame is of a package whose files are at hand: then its own was not found, or is another one. */
function isOfProgram({ byPath, packages }: Program, frame: PlacedFrame): boolean {
  const { packagePath } = splitFunctionName(frame.function);
  return byPath.has(packagePath) || (packagePath === "main" && packages.some(({ name }) => name === "main"));
}

/** The function with the `go` statement: the dump says its name only, and the line. */
function createdByOf(program: Program, frame: PlacedFrame): KnownFrame | undefined {
  const file = fileOf(program, frame);
  const fn = file && functionAt(file, frame);
  return fn && { fn, line: frame.line, index: frame.index };
}

/** The function or literal of a frame; undefined when none of that name has the line, or several do. */
function functionAt({ functions }: ProgramFile, { function: symbol, line }: PlacedFrame): Func | undefined {
  const depth = literalDepth(symbol);
  const around = functions.filter(({ body, literal, declaration }) => {
    const start = (literal ?? declaration!).line;
    return start <= line && line <= body.endLine;
  });
  if (depth === 0) {
    // A line in the middle of a literal is none of the function around it.
    const isOfLiteral = around.some(({ literal }) => literal && literal.line < line && line < literal.endLine);
    const isIt = ({ declaration }: Func) => declaration !== undefined && isNamed(symbol, declaration.name.name);
    return isOfLiteral ? undefined : around.find(isIt);
  }
  const literals = around.filter((fn) => fn.literal !== undefined && isPartOf(symbol, depth, fn));
  if (literals.length === 1) return literals[0];
  const ofDepth = literals.filter((fn) => depthOf(fn) === depth);
  return ofDepth.length === 1 ? ofDepth[0] : undefined;
}

/** Whether a literal's frame, `p.F.func1.2`, names the function that the literal stands in. */
function isPartOf(symbol: string, depth: number, { name }: Func): boolean {
  const around = symbol
    .replace(/-range\d+/g, "")
    .split(".")
    .slice(0, -depth)
    .join(".");
  return name === "" ? /\.(?:glob\.|init)$/.test(around) : isNamed(around, name.slice(name.lastIndexOf(".") + 1));
}

/** `p.(*T).f`, `p.F[...]`, `p.init.0`, and the body of a range over a function, `p.F-range1`. */
function isNamed(symbol: string, name: string): boolean {
  const plain = symbol.replace(/-range\d+/g, "").replace(/\[\.\.\.\]$/, "");
  return plain.endsWith(`.${name}`) || /\.init\.\d+$/.test(plain);
}

/** How many literals deep a frame is: of `F.func1.2` two, of `F.1`, as Go 1.27 writes inlined ones, one. */
function literalDepth(symbol: string): number {
  const parts = symbol.replace(/-range\d+/g, "").split(".");
  const isDeclared = (at: number) => parts[at - 1] === "init" && !parts[at]!.startsWith("func");
  const first = parts.findIndex((_, at) => !isDeclared(at) && parts.slice(at).every(isLiteralMark));
  return first < 0 ? 0 : parts.length - first;
}

function isLiteralMark(part: string): boolean {
  return /^(?:func)?\d+$/.test(part);
}

function depthOf(fn: Func): number {
  let depth = 0;
  for (let at: Func | undefined = fn; at?.literal !== undefined; at = at.parent) depth++;
  return depth;
}

/** Up to Go 1.21 the wrapper of `go f(x)` has the name of a literal, and the line of the statement. */
function isStatementWrapper({ functions }: ProgramFile, { function: symbol, line }: PlacedFrame): boolean {
  const depth = literalDepth(symbol);
  return depth > 0 && functions.some((fn) => isPartOf(symbol, depth, fn) && startsAt(fn.body, line));
}

function startsAt(statement: Statement, line: number): boolean {
  if (line < statement.line || statement.endLine < line) return false;
  if (statement.kind === "go" || statement.kind === "defer") return true;
  return statementsOf(statement).some((inner) => startsAt(inner, line));
}

/** Calls from one function to the next that are followed without a stack. */
const MAX_CALLS = 6;

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
    const outer = this.#outer(index);
    const caller = this.#caller(index, outer);
    if (caller === undefined) return "any";
    const passed = this.#passedAt(caller, frame.fn, root);
    if (passed === undefined) return "any";
    const whole = [...passed.through, ...path];
    if (outer !== undefined) return this.originOf(outer, passed.file, passed.value, whole);
    return this.#isOfGoroutine(caller.fn, passed.file, passed.value, whole, 0) ? "creator" : "any";
  }

  /** The call that a frame of the program is in, when the next frame further in is the one that it calls. */
  running(index: number): Span | undefined {
    const { frames } = this.#stack;
    const [frame, inner] = [frames[index], frames[index - 1]];
    if (frame === undefined || inner === undefined) return undefined;
    const sites = (this.#flow.callersOf.get(inner.fn) ?? []).filter((site) => isAt(site, frame));
    const [site] = sites;
    return sites.length === 1 && site?.kind === "call" && !site.isCallback ? site.call : undefined;
  }

  /** The node of an operand of a frame: of a bare parameter that of what this very call was given. */
  node(index: number, expression: Expression, node: number): number {
    const frame = this.#stack.frames[index];
    const bound = expression.kind === "name" ? this.#flow.program.bindings.get(expression) : undefined;
    if (frame === undefined || bound?.kind !== "variable") return node;
    if (bound.fn !== frame.fn || !bound.isParameter || bound.sources.length > 0) return node;
    const outer = this.#outer(index);
    const caller = this.#caller(index, outer);
    const passed = caller && this.#passedAt(caller, frame.fn, bound);
    if (passed?.value.kind !== "name" || passed.through.length > 0) return node;
    const next = this.#flow.program.bindings.get(passed.value);
    if (next?.kind !== "variable") return node;
    const inner = this.#flow.variable(next);
    return outer === undefined ? inner : this.node(outer, passed.value, inner);
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
    return index === this.#stack.entry ? this.#stack.createdBy : undefined;
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
