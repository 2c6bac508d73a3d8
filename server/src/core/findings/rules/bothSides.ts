import type { Analysis } from "../../analysis/analysis.ts";
import { standsAside } from "../../analysis/roles.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import type { Group } from "../../group/groups.ts";
import type { KnownArguments } from "../../locks/knownArguments.ts";
import { CONDITION } from "../../locks/planArguments.ts";
import { hex } from "../../locks/pointers.ts";
import type { FrameFacts } from "../../names/frameFacts.ts";
import { joined, say } from "../../text/say.ts";
import { classOf } from "../classes.ts";
import type { Finding } from "../finding.ts";
import type { Investigation } from "../investigation.ts";
import { rowsFinding } from "../rowsFinding.ts";
import { outlookOf } from "./leakTexts.ts";

/** Goroutines that wait for one Cond, by the method that waits. */
interface Sides {
  readonly address: string;
  readonly type: string;
  readonly rows: number[];
  readonly methods: Map<string, FrameFacts>;
}

/** Methods that wait for the end, as they do beside idle workers in healthy programs. */
const WAITS_FOR_END = /wait|close|stop|shutdown|drain|join|flush|done|finish|quit|idle|empty/i;

/**
 * One Cond for which both sides wait, those that put and those that take: one of them was not woken, because Signal woke
 * the wrong one. Said when nobody else is in a method of the type.
 */
export function bothSides({ analysis, locks }: Investigation): Finding[] {
  const found = sidesOf(analysis, locks.known);
  const busy = found.length === 0 ? new Set<string>() : typesInUse(analysis);
  return found
    .filter(({ type, methods }) => methods.size > 1 && !busy.has(type) && ![...methods.keys()].some(isForEnd))
    .map((sides) => toFinding(analysis, sides));
}

function isForEnd(family: string): boolean {
  return WAITS_FOR_END.test(family.slice(family.lastIndexOf(".") + 1));
}

function sidesOf(analysis: Analysis, known: KnownArguments): Sides[] {
  const found = new Map<string, Sides>();
  if (!analysis.hasFamily(CONDITION)) return [];
  for (const row of known.rows) {
    const { stack, user, families } = analysis.traits(analysis.groupOf(row));
    const [method] = user;
    if (!families.has(CONDITION)) continue;
    const frame = stack.frames.findIndex((call) => call.function === CONDITION);
    const receiver = frame < 0 ? null : known.receiver(row, frame);
    if (receiver?.isSure !== true || method === undefined || method.type === null) continue;
    const address = hex(receiver.address);
    const sides: Sides = found.get(address) ?? { address, type: method.type, rows: [], methods: new Map() };
    sides.rows.push(row);
    sides.methods.set(method.family, method);
    found.set(address, sides);
  }
  return [...found.values()];
}

/** Types in whose methods somebody is who does not wait for a Cond. */
function typesInUse(analysis: Analysis): ReadonlySet<string> {
  const types = new Set<string>();
  for (const group of analysis.groups.groups) {
    if (waitsOrIdles(analysis, group)) continue;
    for (const type of analysis.traits(group).types) types.add(type);
  }
  return types;
}

function waitsOrIdles(analysis: Analysis, group: Group): boolean {
  const { role, families } = analysis.traits(group);
  return standsAside(role) || (role === "blocked" && families.has(CONDITION));
}

function toFinding(analysis: Analysis, { address, rows, methods }: Sides): Finding {
  const [first = 0] = rows;
  const places = joined(
    [...methods.values()].slice(0, 4).map(({ frame }) => callAt(frame)),
    ", ",
  );
  return rowsFinding(analysis, {
    rule: "leak",
    certainty: analysis.isWhole ? "strong" : "suspect",
    evidenceClass: classOf("leak", "both-sides", "condition"),
    what: say`Cond for which both sides wait`,
    message: say`${places} wait for one Cond, ${goroutines(rows.length)} in all: Signal has woken one that had nothing to do. Wake all with Broadcast, or give each side a Cond of its own.`,
    rows,
    at: first,
    evidence: [
      say`They wait for the Cond ${address} in ${String(methods.size)} methods of one value.`,
      say`Nobody else is in a method of its type who could signal.`,
      ...outlookOf(analysis),
    ],
  });
}
