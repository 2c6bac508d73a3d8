import type { SourceFact } from "../../core/analysis/sourceFacts.ts";
import { stateInfo } from "../../core/model/state.ts";
import { tokenizeGo, type GoToken } from "./tokens.ts";
import { closingBracket, operandAfter, operandBefore, type Operand } from "./operand.ts";
import { append } from "../../core/lists.ts";

/** What a statement does that a goroutine can wait in. */
export type StatementKind =
  /** `ch <- v` */
  | "send"
  /** `<-ch` */
  | "receive"
  /** `for … range x`: over a channel when the goroutine waits to receive; the text does not tell. */
  | "range"
  | "select"
  /** `mu.Lock()`, `mu.RLock()` */
  | "lock"
  /** `wg.Wait()`, `cond.Wait()`, `cmd.Wait()` */
  | "wait"
  /** Another call. */
  | "call";

/** One thing a `select` waits for. */
export interface SelectCase {
  readonly kind: "send" | "receive";
  readonly channel: Operand;
}

/** What stands at the line a goroutine is blocked in. */
export interface GoStatement {
  readonly kind: StatementKind;
  /** The channel, lock or receiver of the call; undefined for a `select` and a call without receiver. */
  readonly operand: Operand | undefined;
  /** Name of the called function or method; undefined when it is no call. */
  readonly callee: string | undefined;
  /** Of a `select`, in the order of the source; empty for other statements. */
  readonly cases: readonly SelectCase[];
  /** Whether a `select` has a `default`. */
  readonly hasDefault: boolean;
}

/** What the dump tells of the blocked goroutine; it decides when a line does several things. */
export interface StatementHint {
  /** The wait reason: `chan send`, `select`, `sync.Mutex.Lock`. */
  readonly state?: string;
  /** Function of the frame above: what the line calls. */
  readonly callee?: string;
}

const LOCKS = /^R?Lock$/;
const TIMER =
  /(?:^|\.)time\.(?:After|Tick)\(|\.C$|(?:^|[._])(?:time(?:out|r)|tick|deadline)|(?:Time(?:out|r)|Tick(?:er)?|Deadline)(?:C|Ch|Chan)?(?:\(\))?$/;
const DONE =
  /(?:^|[._])(?:done|quit|stop|exit|clos(?:e|ed|ing)|shutdown|cancel|kill|term|die|dying|dead|halt)|(?:Done|Quit|Stop|Stopped|Exit|Closed?|Closing|Shutdown|Cancell?ed|Cancel|Kill|Dying|Dead)(?:C|Ch|Chan)?(?:\(\))?$/;

/** What stands at a line (0-based) of Go source; undefined when nothing there can block. */
export function goStatementAt(source: string, line: number, hint: StatementHint = {}): GoStatement | undefined {
  return meantBy(hint, goStatementsAt(source, line));
}

/** All that stands at a line (0-based) of Go source and can block, that which says most first. */
export function goStatementsAt(source: string, line: number): readonly GoStatement[] {
  return new StatementFinder(tokenizeGo(source), line).all();
}

/** Which of the statements of a line a goroutine is blocked in. */
export function meantBy(hint: StatementHint, found: readonly GoStatement[]): GoStatement | undefined {
  return found.find((one) => fitsHint(one, hint)) ?? found[0];
}

/** Whether a goroutine with that wait reason can be blocked in the line: a send, a receive, a select stands there. */
export function waitsAt(source: string, line: number, state: string): boolean {
  const found = /^(?:chan (?:send|receive)|select)/.test(state) ? goStatementAt(source, line, { state }) : undefined;
  return found !== undefined && fitsHint(found, { state });
}

/** What the rules want to know of a statement. */
export function sourceFactOf({ kind, operand, cases, hasDefault }: GoStatement): SourceFact {
  const isChannel = kind === "send" || kind === "receive" || kind === "range" || kind === "select";
  const received = cases.filter((one) => one.kind === "receive").map((one) => one.channel.text);
  return {
    syntax: isChannel ? kind : "other",
    hasDefault,
    hasTimer: received.some((text) => TIMER.test(text)),
    hasDone: received.some((text) => DONE.test(text)),
    isForContext: kind === "receive" && operand?.text.endsWith(".Done()") === true,
  };
}

function fitsHint({ kind, callee }: GoStatement, hint: StatementHint): boolean {
  if (callee !== undefined && callee === lastName(hint.callee ?? "")) return true;
  const state = hint.state ?? "";
  const wait = stateInfo(state).kind;
  if (wait === "send" || wait === "select") return kind === wait;
  if (wait === "receive") return kind === "receive" || kind === "range";
  return /Lock|semacquire|Wait/.test(state) && (kind === "lock" || kind === "wait");
}

/** `Do` of `sync.(*Once).Do`, `F` of `a/b.F[...]`. */
function lastName(symbol: string): string {
  const name = symbol.replace(/\[\.\.\.\]$/, "");
  return name.slice(name.lastIndexOf(".") + 1);
}

class StatementFinder {
  readonly #tokens: readonly GoToken[];
  readonly #line: number;

  constructor(tokens: readonly GoToken[], line: number) {
    this.#tokens = tokens;
    this.#line = line;
  }

  /** The statements of the line, those that say most first. */
  all(): readonly GoStatement[] {
    const found: GoStatement[] = [];
    const calls: GoStatement[] = [];
    for (let at = this.#firstOfLine(); this.#tokens[at]?.line === this.#line; at++) {
      const token = this.#tokens[at]!;
      if (token.text === "select" && this.#tokens[at + 1]?.text === "{") found.push(this.#select(at));
      else if (token.text === "range" && token.kind === "name")
        found.push(statement("range", operandAfter(this.#tokens, at)));
      else if (token.text === "<-") append(found, this.#channelOperation(at));
      else if (token.kind === "name" && this.#tokens[at + 1]?.text === "(") calls.push(this.#call(at));
    }
    const waits = calls.filter(({ kind }) => kind !== "call");
    return [...found, ...waits, ...calls.filter(({ kind }) => kind === "call").reverse()];
  }

  #firstOfLine(): number {
    let low = 0;
    let high = this.#tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#tokens[middle]!.line < this.#line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A send or a receive; neither in a type (`chan<- T`, `<-chan T`). */
  #channelOperation(at: number): GoStatement[] {
    const isType = this.#tokens[at - 1]?.text === "chan" || this.#tokens[at + 1]?.text === "chan";
    if (isType) return [];
    const sent = this.#tokens[at]!.startsStatement ? undefined : operandBefore(this.#tokens, at);
    if (sent) return [statement("send", sent)];
    const received = operandAfter(this.#tokens, at);
    return received ? [statement("receive", received)] : [];
  }

  #call(at: number): GoStatement {
    const callee = this.#tokens[at]!.text;
    const isMethod = this.#tokens[at - 1]?.text === ".";
    const operand = isMethod ? operandBefore(this.#tokens, at - 1) : undefined;
    const kind = isMethod && LOCKS.test(callee) ? "lock" : isMethod && callee === "Wait" ? "wait" : "call";
    return { ...statement(kind, operand), callee };
  }

  #select(at: number): GoStatement {
    const end = closingBracket(this.#tokens, at + 1);
    const cases: SelectCase[] = [];
    let hasDefault = false;
    for (let i = at + 2; i < end; i++) {
      const { text, kind } = this.#tokens[i]!;
      if (/^[([{]$/.test(text)) i = closingBracket(this.#tokens, i);
      else if (kind === "name" && text === "default") hasDefault = true;
      else if (kind === "name" && text === "case") append(cases, this.#selectCase(i + 1, end));
    }
    return { ...statement("select", undefined), cases, hasDefault };
  }

  /** `case v, ok := <-ch:`, `case ch <- v:`: the first arrow before the colon, outside of brackets. */
  #selectCase(from: number, end: number): SelectCase[] {
    for (let i = from; i < end && this.#tokens[i]!.text !== ":"; i++) {
      if (/^[([{]$/.test(this.#tokens[i]!.text)) i = closingBracket(this.#tokens, i);
      else if (this.#tokens[i]!.text === "<-") {
        const [operation] = this.#channelOperation(i);
        const { kind, operand } = operation ?? {};
        return operand && (kind === "send" || kind === "receive") ? [{ kind, channel: operand }] : [];
      }
    }
    return [];
  }
}

function statement(kind: StatementKind, operand: Operand | undefined): GoStatement {
  return { kind, operand, callee: undefined, cases: [], hasDefault: false };
}
