import type { Source, Variable } from "../../program/model.ts";
import type { Span, Statement } from "../../syntax/ast.ts";
import { listsIn } from "../control/blocks.ts";
import type { Flow } from "./flow.ts";
import { contains, isFallthrough, isGoto } from "../control/region.ts";

/**
 * Which of the values that a variable gets it can have at a place of its function: of `q := m[k]; if q == nil { q = new(T); q.f() }`
 * the call has the new one alone. All of them where that cannot be told.
 */
export function sourcesAt(flow: Flow, variable: Variable, at: Span): readonly Source[] {
  const { fn, sources, isParameter } = variable;
  const isKnown = fn !== undefined && !isParameter && sources.length > 1 && sources.every((one) => one.fn === fn);
  if (!isKnown || contains(fn.body, isJump) || flow.pointers.isReplaced(flow.variable(variable))) return sources;
  const reaching = new Reaching(sources).at(fn.body.body, at, []);
  return reaching.length === 0 ? sources : reaching;
}

/** Whether a statement leads to where another one would not: those in front are not what comes before it. */
function isJump(statement: Statement): boolean {
  return isGoto(statement) || isFallthrough(statement);
}

class Reaching {
  readonly #sources: readonly Source[];

  constructor(sources: readonly Source[]) {
    this.#sources = sources;
  }

  /** `before`: those that reach the first statement. */
  at(statements: readonly Statement[], place: Span, before: readonly Source[]): readonly Source[] {
    let reaching = before;
    for (const statement of statements) {
      if (isWithin(place, statement)) return this.#within(statement, place, reaching);
      reaching = this.#behind(statement, reaching);
    }
    return reaching;
  }

  #within(statement: Statement, place: Span, before: readonly Source[]): readonly Source[] {
    if (statement.kind === "label") return this.#within(statement.of, place, before);
    const lists = listsIn(statement);
    const list = lists.find((one) => one.some((inner) => isWithin(place, inner)));
    if (list === undefined) return lists.length === 0 ? before : join(before, this.#in(statement));
    const isLoop = statement.kind === "for" || statement.kind === "range";
    const all = this.#in(statement);
    // A head comes first: `if q := get(); q != nil`.
    const isOfHead = ({ value }: Source) => !lists.some((one) => one.some((inner) => isWithin(value, inner)));
    return this.at(list, place, join(before, isLoop ? all : all.filter(isOfHead)));
  }

  #behind(statement: Statement, before: readonly Source[]): readonly Source[] {
    const given = this.#in(statement);
    const isSure = given.length > 0 && /^(?:assign|var|declarations)$/.test(statement.kind);
    return isSure ? given : join(before, given);
  }

  #in(statement: Statement): readonly Source[] {
    return this.#sources.filter(({ value }) => isWithin(value, statement));
  }
}

function join(some: readonly Source[], others: readonly Source[]): readonly Source[] {
  return others.length === 0 ? some : [...new Set([...some, ...others])];
}

function isWithin({ start, end }: Span, around: Span): boolean {
  return around.start <= start && end <= around.end;
}
