import type { Func, ProgramFile, Variable } from "../../program/model.ts";
import type { Call, Expression } from "../../syntax/ast.ts";
import type { Flow } from "./flow.ts";

/** Functions of other packages whose results are new each time, as far as they can be waited for. */
const MAKES_NEW =
  /^(?:context\.With(?:Cancel|CancelCause|Timeout|Deadline)|os\/signal\.NotifyContext|sync\.NewCond|io\.Pipe|golang\.org\/x\/sync\/(?:semaphore\.NewWeighted|errgroup\.WithContext))$/;

/** Those of them with one result. */
const MAKES_ONE = /^(?:sync\.NewCond|golang\.org\/x\/sync\/semaphore\.NewWeighted)$/;

/** Calls from one function to the next that are followed. */
const MAX_CALLS = 6;

/**
 * Whether a variable only ever gets values that are made there and then: whenever it has another one, that one did not
 * exist before.
 */
export function isFreshVariable(flow: Flow, variable: Variable, depth = 0): boolean {
  const { fn, file, sources } = variable;
  if (variable.isParameter || fn === undefined || flow.isSetElsewhere(variable)) return false;
  return sources.every((source) => {
    if (source.fn !== fn || source.part !== "whole") return false;
    // Another variable's value exists already.
    if (source.value.kind === "name") return false;
    return isFreshValue(flow, fn, file, source.value, source.index, depth);
  });
}

/** Whether an expression makes a value of its own each time it is worked out: nobody has had it before. */
export function isNewValue(flow: Flow, file: ProgramFile, value: Expression): boolean {
  if (value.kind === "unary") return value.op === "&" && value.of.kind === "composite";
  if (value.kind !== "call") return false;
  const targets = (flow.callSites.get(value) ?? []).flatMap((site) => [...site.targets]);
  const { callee } = value;
  if (targets.length === 0 && callee.kind === "name") return callee.name === "make" || callee.name === "new";
  if (targets.length === 0) return isCallOf(file, value, MAKES_ONE);
  return targets.every((target) => target.type.results.length === 1 && isFreshResult(flow, target, 0, 0));
}

/** As {@link isFreshVariable}, of what an expression gives, or of one of its results. */
function isFreshValue(
  flow: Flow,
  fn: Func,
  file: ProgramFile,
  value: Expression,
  index: number,
  depth: number,
): boolean {
  if (depth > MAX_CALLS) return false;
  switch (value.kind) {
    case "composite":
      return true;
    case "unary":
      return value.op === "&" && value.of.kind === "composite";
    case "name": {
      const bound = flow.program.bindings.get(value);
      return bound?.kind === "variable" && bound.fn === fn && isFreshVariable(flow, bound, depth + 1);
    }
    case "call":
      return isFreshCall(flow, file, value, index, depth);
    default:
      return false;
  }
}

function isFreshCall(flow: Flow, file: ProgramFile, call: Call, index: number, depth: number): boolean {
  const targets = (flow.callSites.get(call) ?? []).flatMap((site) => [...site.targets]);
  if (targets.length > 0) return targets.every((target) => isFreshResult(flow, target, index, depth));
  const { callee } = call;
  if (callee.kind === "name") return callee.name === "make" || callee.name === "new";
  return isCallOf(file, call, MAKES_NEW);
}

function isCallOf(file: ProgramFile, { callee }: Call, names: RegExp): boolean {
  if (callee.kind !== "selector" || callee.of.kind !== "name") return false;
  return names.test(`${file.imports.get(callee.of.name)}.${callee.name}`);
}

/** What a `return` with those values gives as a result: the value, and which of its results that is. */
export function returnedAt({ type }: Func, values: readonly Expression[], index: number) {
  const isTuple = values.length < type.results.length;
  return { value: isTuple ? values[0] : values[index], at: isTuple ? index : 0 };
}

/** A named result that a literal may set behind the `return`, as in a `defer`. */
export function resultSetLater(fn: Func, index: number): Variable | undefined {
  const named = fn.results[index];
  return named?.sources.some((source) => source.fn !== fn) === true ? named : undefined;
}

function isFreshResult(flow: Flow, target: Func, index: number, depth: number): boolean {
  if (resultSetLater(target, index) !== undefined) return false;
  return target.returns.every((values) => {
    const named = target.results[index];
    if (values.length === 0) return named !== undefined && isFreshVariable(flow, named, depth + 1);
    const { value, at } = returnedAt(target, values, index);
    return value !== undefined && isFreshValue(flow, target, target.file, value, at, depth + 1);
  });
}
