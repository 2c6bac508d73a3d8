import type { Group } from "../../core/group/groups.ts";
import { at } from "../../core/model/column.ts";
import { type Dump, Flag } from "../../core/model/dump.ts";
import { stackOf } from "../../core/model/stack.ts";
import { UNKNOWN_STATE } from "../../core/model/state.ts";
import type { GoStatement } from "../golang/statement.ts";

type Operation = "send" | "receive";

/** What stands in the line of a frame, by its number; undefined where the source is not at hand. */
type StatementsAt = (frame: number) => readonly GoStatement[] | undefined;

/**
 * States that the addresses of a profile as text leave open and the source tells, by the number of the group: whether those
 * parked at channels send or receive.
 */
export function settledStates(
  dump: Dump,
  groups: readonly Group[],
  statementsAt: StatementsAt,
): ReadonlyMap<number, string> {
  if (dump.form !== "profile-text") return new Map();
  // Only the runtime's frames are further in.
  const innermost = ({ stack }: Group) => statementsAt(stackOf(dump, stack).frames[0]?.id ?? -1);
  const parked = stacksAtChannel(dump);
  const atChannel = groups.filter(({ stack, state }) => state === UNKNOWN_STATE && parked.has(stack));
  const operation = commonOperation(atChannel.map(innermost).filter((statements) => statements !== undefined));
  return new Map(operation === undefined ? [] : atChannel.map(({ id }) => [id, `chan ${operation}`]));
}

/** Stacks of which all goroutines without a state are parked at a channel: others may run at the same lines. */
function stacksAtChannel({ goroutines: { stack, state, flags, length }, states }: Dump): ReadonlySet<number> {
  const parked = new Set<number>();
  const others = new Set<number>();
  for (let row = 0; row < length; row++) {
    if (states[at(state, row)] !== UNKNOWN_STATE) continue;
    ((at(flags, row) & Flag.atChannel) === 0 ? others : parked).add(at(stack, row));
  }
  for (const one of others) parked.delete(one);
  return parked;
}

/**
 * What all these lines have and goroutines can be parked in, as all of them do the same. Undefined: the lines have both, or
 * one of them has neither and so is not what the program was built from.
 */
function commonOperation(lines: readonly (readonly GoStatement[])[]): Operation | undefined {
  if (lines.length === 0) return undefined;
  let possible: readonly Operation[] = ["send", "receive"];
  for (const statements of lines) {
    const here = new Set(statements.map(operationOf));
    possible = possible.filter((one) => here.has(one));
  }
  return possible.length === 1 ? possible[0] : undefined;
}

/** What a goroutine parked at a channel does in a statement; undefined: it cannot be parked in that. */
function operationOf({ kind, cases, hasDefault }: GoStatement): Operation | undefined {
  if (kind === "send" || kind === "receive") return kind;
  if (kind === "range") return "receive";
  // A select of one case is compiled to what that case does.
  return kind === "select" && cases.length === 1 && !hasDefault ? cases[0]!.kind : undefined;
}
