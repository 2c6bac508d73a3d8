import type { Func } from "../../program/model.ts";
import type { Call, Statement } from "../../syntax/ast.ts";
import { statementsOf } from "../../syntax/children.ts";
import type { Flow } from "../values/flow.ts";
import type { KnownFrame } from "../stacks/knownStack.ts";

/** A `go` statement that calls a function of another package: `go io.Copy(w, r)`. */
interface ForeignStart {
  readonly fn: Func;
  readonly call: Call;
  readonly line: number;
  readonly endLine: number;
}

/** What goroutines do whose function is another package's: the one call of the `go` statement that started them. */
export class ForeignStarts {
  readonly #flow: Flow;
  #known: readonly ForeignStart[] | undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  /** The statements that may have started one; `by`: where it stands, "unknown": the dump does not tell. */
  of(by: KnownFrame | "unknown"): readonly ForeignStart[] {
    this.#known ??= this.#flow.program.functions.flatMap((fn) => this.#in(fn, fn.body));
    if (by === "unknown") return this.#known;
    return this.#known.filter(({ fn, line, endLine }) => fn === by.fn && line <= by.line && by.line <= endLine);
  }

  #in(fn: Func, statement: Statement): readonly ForeignStart[] {
    if (statement.kind !== "go") return statementsOf(statement).flatMap((inner) => this.#in(fn, inner));
    const { call, line, endLine } = statement;
    // What it gives the other package to call is not its function.
    const isOwn =
      call.kind !== "call" ||
      (this.#flow.callSites.get(call) ?? []).some(({ isCallback, targets }) => !isCallback && targets.size > 0);
    return isOwn ? [] : [{ fn, call, line, endLine }];
  }
}
