import type { Position } from "vscode-languageserver-types";
import { at } from "../../core/model/column.ts";
import { stackOf } from "../../core/model/stack.ts";
import { isUserFrame } from "../../core/names/userCode.ts";
import type { BlockedOn, BlockedOnResult } from "../../protocol/index.ts";
import { goroutineName } from "../document/describe.ts";
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
  if (open === undefined || row === null) return none("No goroutine stands here.");
  const { dump } = open;
  const { frames } = stackOf(dump, at(dump.goroutines.stack, row));
  const index = frames.findIndex(isUserFrame);
  const frame = frames[index];
  if (frame === undefined) return none(`${goroutineName(dump, row)} has no call outside of the standard library.`);
  const located = await sources.locate(text, frame, token);
  if (located?.kind !== "found") return none(`The source of ${frame.file} was not found, or not for sure.`);
  if (located.proof === "drifted") return none(driftWarning(located) ?? "");
  const source = await sources.read(text, located);
  const state = dump.states[at(dump.goroutines.state, row)] ?? "";
  const statement =
    source === undefined ? undefined : goStatementAt(source, located.line, hintAt(frames, index, state));
  const operands = statement === undefined ? [] : operandsOf(statement, located.uri);
  return operands.length > 0
    ? { kind: "found", operands }
    : none(`The line of ${goroutineName(dump, row)} in the source names no channel and no lock.`);
}

function none(reason: string): BlockedOnResult {
  return { kind: "none", reason };
}

function operandsOf({ kind, operand, callee, cases }: GoStatement, uri: string): BlockedOn[] {
  if (kind === "select") return cases.map((one) => blockedOnOperand(one.channel, VERBS[one.kind], uri));
  if (operand === undefined) return [];
  return [blockedOnOperand(operand, callee === undefined ? VERBS[kind] : `calls ${callee} of`, uri)];
}

const VERBS: Readonly<Record<GoStatement["kind"], string>> = {
  send: "sends to",
  receive: "receives from",
  range: "ranges over",
  select: "selects on",
  lock: "locks",
  wait: "waits for",
  call: "calls",
};

function blockedOnOperand({ text, line, column }: Operand, does: string, uri: string): BlockedOn {
  return { text, does, place: { uri, range: emptyRange(line, column) } };
}
