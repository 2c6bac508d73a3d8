import type { Variable } from "../../program/model.ts";
import type { Expression, Span, Statement } from "../../syntax/ast.ts";
import { statementsOf } from "../../syntax/children.ts";
import type { Flow } from "./flow.ts";
import { isFreshVariable } from "./fresh.ts";
import { contains, isGoto } from "../control/region.ts";

/**
 * The variable that an expression is, when it has a new value each time that control comes there: `q := newQueue()` in front of
 * `&tenant{q: q}`. Undefined: it may have had that value there before.
 */
export function newEachTime(flow: Flow, value: Expression): Variable | undefined {
  const bound = value.kind === "name" ? flow.program.bindings.get(value) : undefined;
  if (bound?.kind !== "variable" || bound.fn === undefined || bound.sources.length === 0) return undefined;
  const { body, literals } = bound.fn;
  const isInLiteral = literals.some(({ literal }) => literal !== undefined && isWithin(value, literal));
  if (isInLiteral || contains(body, isGoto) || !isFreshVariable(flow, bound)) return undefined;
  const made = [bound.declared, ...bound.sources.map((source) => source.value)];
  const isMadeAnew = loopsAround(body, value).every((loop) => made.every((one) => isWithin(one, loop.body)));
  return isMadeAnew ? bound : undefined;
}

export type Loop = Extract<Statement, { kind: "for" | "range" }>;

/** The loops of a statement that have a place, outermost first. */
export function loopsAround(statement: Statement, at: Span): readonly Loop[] {
  if (!isWithin(at, statement)) return [];
  const inner = statementsOf(statement).flatMap((one) => loopsAround(one, at));
  return statement.kind === "for" || statement.kind === "range" ? [statement, ...inner] : inner;
}

function isWithin({ start, end }: Span, around: Span): boolean {
  return around.start <= start && end <= around.end;
}
