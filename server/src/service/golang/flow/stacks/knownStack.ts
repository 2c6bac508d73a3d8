import { splitFunctionName } from "../../../../core/names/functionName.ts";
import type { Func, Program, ProgramFile } from "../../program/model.ts";
import type { Statement } from "../../syntax/ast.ts";
import { statementsOf } from "../../syntax/children.ts";

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
  /** Of a goroutine that has yet to begin with its function: where the `go` statement stands. */
  readonly beginsAt: KnownFrame | undefined;
  /**
   * Of a goroutine whose function is another package's, as `io.Copy` of `go io.Copy(w, r)`: where the program's `go` statement
   * stands, if it has one; "unknown": the dump does not tell.
   */
  readonly foreignBy: KnownFrame | "unknown" | undefined;
}

/** Wrappers that the compiler makes for `go` and `defer` statements, and method values. */
const WRAPPER = /\.(?:gowrap|deferwrap)\d+$|-fm$|·dwrap·/;

/** Functions that start a goroutine for their caller, and the frames they leave on its stack. */
const STARTER =
  /^(?:golang\.org\/x\/sync\/errgroup\.\(\*Group\)\.(?:Go|TryGo|add)|sync\.\(\*WaitGroup\)\.Go)(?:\.func\d+)?$/;

/** What calls a function of the program on a goroutine of its own: with nothing further in, it may be about to. */
const CALLS_BACK = /^testing\.tRunner$/;

/** Frames further in than a wrapper with which it may not have come to a function of the program yet. */
const BEFORE_CALL =
  /^(?:runtime|internal\/runtime\/\w+|sync|internal\/sync|testing|sort|slices|strings|path\/filepath|golang\.org\/x\/sync\/errgroup)\./;

/** The functions of a stack's frames; undefined when a frame does not fit the source: then the source says nothing. */
export function knownStack(program: Program, stack: PlacedStack): KnownStack | undefined {
  const { frames, createdBy, isElided } = stack;
  const known: (KnownFrame | undefined)[] = [];
  for (const frame of isElided ? [] : frames) {
    const found = knownFrame(program, frame);
    if (found === undefined) return undefined;
    known.push(found === "none" ? undefined : found);
  }
  const creator = createdBy && createdByOf(program, createdBy);
  const mayBegin = known.every((frame) => frame === undefined) && mayCall(program, frames);
  // Which function it is about to begin with is not known.
  if (isElided || (mayBegin && creator === undefined)) return undefined;
  const entry = entryOf(frames);
  return {
    frames: known,
    createdBy: creator,
    entry,
    isByStarter: createdBy !== undefined && STARTER.test(createdBy.function),
    waitsInCond: frames.some(({ function: name }) => name === "sync.(*Cond).Wait"),
    beginsAt: mayBegin ? creator : undefined,
    foreignBy: known[entry] === undefined ? foreignBy(stack, entry, creator) : undefined,
  };
}

function entryOf(frames: readonly PlacedFrame[]): number {
  const isWrapper = ({ function: name }: PlacedFrame) =>
    WRAPPER.test(name) || STARTER.test(name) || name === "runtime.goexit";
  let entry = frames.length - 1;
  while (entry >= 0 && isWrapper(frames[entry]!)) entry--;
  return entry;
}

function foreignBy({ frames, createdBy }: PlacedStack, entry: number, creator: KnownFrame | undefined) {
  if (createdBy !== undefined) return creator;
  return frames[entry]?.function === "runtime.main" ? undefined : "unknown";
}

/** The function of a frame; `none`: it is a library's, or the compiler's. Undefined: it does not fit the source. */
function knownFrame(program: Program, frame: PlacedFrame): KnownFrame | "none" | undefined {
  const file = fileOf(program, frame);
  if (file === undefined) return isOfProgram(program, frame) ? undefined : "none";
  if (WRAPPER.test(frame.function)) return "none";
  const fn = functionAt(file, frame);
  if (fn === undefined) return isStatementWrapper(file, frame) ? "none" : undefined;
  return fn === "several" ? undefined : { fn, line: frame.line, index: frame.index };
}

/**
 * Whether frames of which none is a function of the program may be about to call one. A wrapper makes one call: that of a
 * package which calls nothing back is that one.
 */
function mayCall(program: Program, frames: readonly PlacedFrame[]): boolean {
  return frames.some((frame, index) => {
    if (STARTER.test(frame.function) || CALLS_BACK.test(frame.function)) return true;
    return fileOf(program, frame) !== undefined && frames.slice(0, index).every(isBeforeCall);
  });
}

function isBeforeCall({ function: name }: PlacedFrame): boolean {
  return BEFORE_CALL.test(name);
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
  return fn === undefined || fn === "several" ? undefined : { fn, line: frame.line, index: frame.index };
}

/** The function or literal of a frame; undefined when none of that name has the line; "several": which one is not known. */
function functionAt({ functions }: ProgramFile, { function: symbol, line }: PlacedFrame): Func | "several" | undefined {
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
  if (literals.length <= 1) return literals[0];
  const ofDepth = literals.filter((fn) => depthOf(fn) === depth);
  return ofDepth.length === 1 ? ofDepth[0] : "several";
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
