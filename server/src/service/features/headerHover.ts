import { words } from "../base/words.ts";
import { type Message, say } from "../../core/text/say.ts";
import type { Finding } from "../../core/findings/finding.ts";
import { callAt, goroutines } from "../../core/analysis/wording.ts";
import { at } from "../../core/model/column.ts";
import { Flag, NO_ID, NO_LABELS, NO_WAIT } from "../../core/model/dump.ts";
import { stackOf } from "../../core/model/stack.ts";
import { stateInfo } from "../../core/model/state.ts";
import { goroutineTitle } from "../document/describe.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { Inline, RichBlock } from "../base/richText.ts";

/** What each flag of a goroutine means, in the order they are told. */
const FLAGS = [
  [Flag.leaked, say`Go's leak detector says that nothing can wake it any more.`],
  [Flag.durable, say`Durably blocked: only its synctest bubble can wake it.`],
  [Flag.bubble, say`Belongs to a synctest bubble.`],
  [Flag.locked, say`Locked to its thread.`],
  [Flag.scan, say`Was being scanned by the garbage collector.`],
  [Flag.unavailable, say`Was running on another thread: Go could not print its stack.`],
  [Flag.elided, say`The stack is so deep that Go left frames out of it.`],
  [Flag.truncated, say`The dump was cut within this goroutine.`],
  [Flag.damaged, say`Some of its lines could not be read.`],
  [Flag.inferredState, say`The dump does not print the state: it is what the innermost frames show.`],
  [Flag.atChannel, say`It sends to a channel or receives from one: the addresses show that, but not which.`],
] as const;

/** How sure a finding is, in words. */
const CERTAINTIES: Readonly<Record<Finding["certainty"], Message>> = {
  proven: say`proven`,
  strong: say`strong`,
  suspect: say`suspect`,
};

/** Explains a goroutine's header: what it waits for, how long, with how many others, who created it, its labels, and the findings about it. */
export function headerHover(open: OpenDump, row: number, findings: readonly Finding[]): RichBlock[] {
  const { dump } = open;
  const state = dump.states[at(dump.goroutines.state, row)] ?? "";
  const { meaning } = stateInfo(state);
  const facts = [waitFact(open, row), shareFact(open, row), creatorFact(open, row), ...labelFacts(open, row)];
  const flags = FLAGS.filter(([flag]) => (at(dump.goroutines.flags, row) & flag) !== 0).map(([, text]) => [
    words(text),
  ]);
  return [
    { kind: "paragraph", parts: [{ strong: goroutineTitle(dump, row) }, ": ", { code: state }, " ", words(meaning)] },
    { kind: "list", items: [...facts.filter((fact) => fact.length > 0), ...flags] },
    ...findings.filter(({ rows }) => rows.includes(row)).flatMap(findingBlocks),
  ];
}

function findingBlocks({ certainty, title, message, evidence }: Finding): RichBlock[] {
  return [
    { kind: "paragraph", parts: [{ strong: `${words(CERTAINTIES[certainty])}: ${words(title)}` }] },
    { kind: "paragraph", parts: [words(message)] },
    { kind: "list", items: evidence.map((reason) => [words(reason)]) },
  ];
}

function waitFact({ dump }: OpenDump, row: number): Inline[] {
  const wait = at(dump.goroutines.wait, row);
  if (wait === NO_WAIT) return [];
  return [
    words(say`Has waited at least ${wait} min (Go counts from the first garbage collection after it was parked).`),
  ];
}

function shareFact(open: OpenDump, row: number): Inline[] {
  const { groups, groupOf } = open.groups;
  const { count } = groups[groupOf[row]!]!;
  return count > 1 ? [words(say`${goroutines(count)} have this stack and state.`)] : [];
}

function creatorFact(open: OpenDump, row: number): Inline[] {
  const { goroutines: columns } = open.dump;
  const { createdBy } = stackOf(open.dump, at(columns.stack, row));
  if (createdBy === null) return [];
  const by: Inline[] = [words(say`Created by `), { code: words(callAt(createdBy)) }];
  const id = at(columns.creator, row);
  if (id === NO_ID) return [...by, "."];
  const isThere = open.rowOfId(id) >= 0;
  return [
    ...by,
    words(say` in goroutine ${id}, which ${isThere ? say`is still there` : say`has ended (it is not in this dump)`}.`),
  ];
}

function labelFacts({ dump }: OpenDump, row: number): Inline[][] {
  const set = at(dump.goroutines.labels, row);
  if (set === NO_LABELS) return [];
  return (dump.labelSets[set] ?? []).map(([key, value]) => [words(say`Label `), { code: key }, " = ", { code: value }]);
}
