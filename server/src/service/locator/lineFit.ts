import { parseFrameFunction } from "./frameFunction.ts";
import { stateInfo } from "../../core/model/state.ts";
import { goStatementAt, type StatementHint } from "../golang/statement.ts";

/** What the compiler calls where the source has an operator or a statement, or nothing at all. */
const RUNTIME = /^(?:runtime|internal\/runtime\/\w+)\.|^panic$/;
const CHANNEL_WAIT = /^(?:chan send|chan receive|select)\b/;

/**
 * Whether a line (0-based) of Go source does what the dump says the goroutine does there. That its function encloses the
 * line is not enough for an annotation beside it: the source may have moved by a line or two. True as well where the
 * dump tells nothing that shows in one line.
 */
export function fitsLine(source: string, line: number, { state = "", callee }: StatementHint): boolean {
  if (callee !== undefined && !isRuntimeCall(callee)) return callsOnLine(source, line, callee);
  if (!CHANNEL_WAIT.test(state)) return true;
  const kind = goStatementAt(source, line, { state })?.kind;
  // A select of one case is compiled to what that case does.
  if (kind === "select") return true;
  const wait = stateInfo(state).kind;
  if (wait === "send") return kind === "send";
  return wait === "receive" && (kind === "receive" || kind === "range");
}

/** Whether a function is called where the source has an operator, a statement, or nothing at all. */
export function isRuntimeCall(callee: string): boolean {
  return RUNTIME.test(callee);
}

/** Function literals and wrappers have no name that a line could call them by: nothing speaks against it. */
function callsOnLine(source: string, line: number, callee: string): boolean {
  const { names, isPart } = parseFrameFunction(callee);
  const name = names.at(-1)?.replace(/^_Cfunc_/, "");
  const code = source.split("\n", line + 1)[line] ?? "";
  return isPart || name === undefined || code.split(/[^\p{L}\p{Nd}_]+/u).includes(name);
}
