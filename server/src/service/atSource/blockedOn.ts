import { words } from "../base/words.ts";
import { type Message, say } from "../../core/text/say.ts";
import type { Position } from "vscode-languageserver-types";
import { at } from "../../core/model/column.ts";
import { stackOf } from "../../core/model/stack.ts";
import { isUserFrame } from "../../core/names/userCode.ts";
import type { BlockedOn, BlockedOnResult } from "../../protocol/index.ts";
import { goroutineTitle } from "../document/describe.ts";
import type { OpenText } from "../document/openText.ts";
import type { CancellationToken } from "../base/ports.ts";
import { emptyRange } from "../base/ranges.ts";
import type { Operand } from "../golang/operand.ts";
import { type GoStatement, goStatementAt } from "../golang/statement.ts";
import { driftWarning, type Sources } from "../document/sources.ts";
import { sectionAt } from "../document/elementAt.ts";
import { hintAt } from "./provenPlaces.ts";

/** What the goroutine at a place of the dump is blocked on, as the source names it. */
export async function blockedOn(
  text: OpenText,
  position: Position,
  sources: Sources,
  token: CancellationToken,
): Promise<BlockedOnResult> {
  const { open, row = null } = sectionAt(text, position)?.section ?? {};
  if (open === undefined || row === null) return none(words(say`No goroutine stands here.`));
  const { dump } = open;
  const { frames } = stackOf(dump, at(dump.goroutines.stack, row));
  const index = frames.findIndex(isUserFrame);
  const frame = frames[index];
  if (frame === undefined)
    return none(words(say`${goroutineTitle(dump, row)} has no call outside of the standard library.`));
  const located = await sources.locate(text, frame, token);
  if (located?.kind !== "found")
    return none(words(say`The source of ${frame.function} was not found, or not for sure.`));
  const warning = driftWarning(located);
  if (warning !== null) return none(warning);
  const source = await sources.read(text, located);
  const state = dump.states[at(dump.goroutines.state, row)] ?? "";
  const statement =
    source === undefined ? undefined : goStatementAt(source, located.line, hintAt(frames, index, state));
  const operands = statement === undefined ? [] : operandsOf(statement, located.uri);
  return operands.length > 0
    ? { kind: "found", operands }
    : none(words(say`The line of ${goroutineTitle(dump, row)} in the source names no channel and no lock.`));
}

function none(reason: string): BlockedOnResult {
  return { kind: "none", reason };
}

function operandsOf({ kind, operand, callee, cases }: GoStatement, uri: string): BlockedOn[] {
  if (kind === "select") return cases.map((one) => blockedOnOperand(one.channel, words(VERBS[one.kind]), uri));
  if (operand === undefined) return [];
  return [blockedOnOperand(operand, callee === undefined ? words(VERBS[kind]) : words(say`calls ${callee} of`), uri)];
}

const VERBS: Readonly<Record<GoStatement["kind"], Message>> = {
  send: say`sends to`,
  receive: say`receives from`,
  range: say`ranges over`,
  select: say`selects on`,
  lock: say`locks`,
  wait: say`waits for`,
  call: say`calls`,
};

function blockedOnOperand({ text, line, column }: Operand, does: string, uri: string): BlockedOn {
  return { text, does, place: { uri, range: emptyRange(line, column) } };
}
