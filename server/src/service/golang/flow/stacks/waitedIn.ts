import type { Func } from "../../program/model.ts";
import type { Clause, Span, Statement } from "../../syntax/ast.ts";
import { stateInfo } from "../../../../core/model/state.ts";
import { statementsOf } from "../../syntax/children.ts";
import { isDone } from "../values/access.ts";
import type { Flow, Operation } from "../values/flow.ts";
import type { OperationKind } from "../values/operationKind.ts";
import type { KnownFrame, KnownStack, PlacedFrame, PlacedStack } from "./knownStack.ts";
import { WITHIN_STREAM } from "../values/streams.ts";

/** Frames above the line that waits: those of the runtime and of what is waited for. */
const WITHIN_WAIT =
  /^(?:runtime|internal\/runtime\/\w+|sync|internal\/sync)\.|^golang\.org\/x\/sync\/(?:errgroup\.\(\*Group\)\.(?:Wait|Go)|semaphore\.\(\*Weighted\)\.Acquire)$/;

const PIPE = /^io\.\(\*pipe\)\.(?:read|write|Read|Write)$/;

/**
 * The operations in one of which the goroutines of a stack are blocked: all the cases of a select. Undefined when they
 * are not blocked in the program's own code, or the line has no such operation.
 */
export function operationsWaitedIn(
  flow: Flow,
  { frames, state }: PlacedStack,
  known: KnownStack,
): readonly Operation[] | undefined {
  const index = known.frames.findIndex((frame) => frame !== undefined);
  const frame = known.frames[index];
  const above = frames.slice(0, Math.max(index, 0));
  if (frame !== undefined && above.some((one) => PIPE.test(one.function))) return ofStream(flow, frame, above);
  if (frame === undefined || !above.every((one) => WITHIN_WAIT.test(one.function))) return undefined;
  const kind = kindOf(
    state,
    above.map((one) => one.function),
  );
  if (kind === undefined)
    return stateInfo(state).kind === "select" && above.every(isRuntime) ? ofSelect(flow, frame) : undefined;
  const here = flow.operations.filter((one) => one.fn === frame.fn && isAtLine(one.at, frame.line));
  const found = here.filter((one) => one.kind === kind);
  if (found.length === 0) return undefined;
  // An Acquire also waits for its context.
  return kind === "acquire"
    ? [...found, ...here.filter((one) => found.some(({ at }) => at === one.at && one.kind === "receive"))]
    : found;
}

/** Whether it is a wait for a context alone: `<-ctx.Done()`. */
export function isForContext([first, ...others]: readonly Operation[]): boolean {
  return others.length === 0 && first?.operand !== undefined && isDone(first.operand);
}

/** What a call does to the pipes that it is given; undefined when it may have others, too. */
function ofStream(
  flow: Flow,
  { fn, line }: KnownFrame,
  above: readonly PlacedFrame[],
): readonly Operation[] | undefined {
  if (!above.every((one) => WITHIN_STREAM.test(one.function))) return undefined;
  const found = flow.operations.filter((one) => one.kind === "stream" && one.fn === fn && isAtLine(one.at, line));
  return found.length === 0 ? undefined : found;
}

function isRuntime({ function: name }: PlacedFrame): boolean {
  return /^(?:runtime|internal\/runtime\/\w+)\./.test(name);
}

/** What a goroutine with that wait reason does. */
function kindOf(state: string, above: readonly string[]): OperationKind | undefined {
  const { kind: wait, isForever } = stateInfo(state);
  if (isForever) return undefined;
  if (above.some((name) => name.endsWith("semaphore.(*Weighted).Acquire"))) return "acquire";
  if (above.some((name) => name.endsWith("errgroup.(*Group).Go"))) return "spawn";
  if (above.some((name) => name.startsWith("sync.(*Once)."))) return "enter";
  if (wait === "send" || wait === "receive") return wait;
  if (wait === "condition") return "wait";
  const isWait = above.some((name) => /\.\(\*(?:WaitGroup|Group|Cond)\)\.Wait$/.test(name));
  if (isWait) return "wait";
  const isLock = above.some((name) => /^(?:internal\/)?sync\.\(\*(?:RW)?Mutex\)\.R?Lock$/.test(name));
  return isLock ? "lock" : undefined;
}

/** Long statements have a line where they begin; a call has the line of its closing bracket, too. */
function isAtLine(at: Span, line: number): boolean {
  return at.line <= line && line <= at.endLine;
}

function ofSelect(flow: Flow, { fn, line }: KnownFrame): readonly Operation[] | undefined {
  const selects = selectsAt(fn.body, line);
  const [select] = selects;
  if (select?.kind !== "select" || selects.length > 1 || select.clauses.length === 0) return undefined;
  const found: Operation[] = [];
  for (const clause of select.clauses) {
    const operation = ofClause(flow, fn, clause);
    if (operation === undefined) return undefined;
    found.push(operation);
  }
  return found;
}

function ofClause({ operations }: Flow, fn: Func, { comm }: Clause): Operation | undefined {
  // A select with a default does not block.
  if (comm === undefined) return undefined;
  const kind = comm.kind === "send" ? "send" : "receive";
  const within = operations.filter(
    (one) => one.fn === fn && one.kind === kind && comm.start <= one.at.start && one.at.end <= comm.end,
  );
  return within.sort((a, b) => a.at.start - b.at.start || b.at.end - a.at.end)[0];
}

function selectsAt(statement: Statement, line: number): readonly Statement[] {
  if (statement.kind === "select" && statement.line === line) return [statement];
  return statementsOf(statement).flatMap((inner) => (isAtLine(inner, line) ? selectsAt(inner, line) : []));
}
