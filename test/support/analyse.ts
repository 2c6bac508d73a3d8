import { gunzipSync } from "node:zlib";
import { DEFAULT_CONTEXT } from "../../server/src/core/analysis/context.ts";
import type { Finding } from "../../server/src/core/findings/finding.ts";
import { readArguments } from "../../server/src/core/analysis/readArguments.ts";
import { runRules } from "../../server/src/core/findings/runRules.ts";
import { groupGoroutines } from "../../server/src/core/group/groups.ts";
import { planArguments } from "../../server/src/core/locks/planArguments.ts";
import type { Dump } from "../../server/src/core/model/dump.ts";
import { AnyReader } from "../../server/src/formats/anyReader.ts";

/** A dump and what the rules say of it. */
export interface Analysed {
  readonly dump: Dump;
  readonly findings: readonly Finding[];
}

/** All dumps of a file of any form, analysed as a host does it: with the arguments that the rules ask for. */
export function analyseBytes(bytes: Uint8Array): readonly Analysed[] {
  const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  const reader = new AnyReader();
  reader.push(text);
  return reader.end().dumps.map((dump) => {
    const groups = groupGoroutines(dump, { byLabels: false });
    const source = readArguments(dump, planArguments(dump, groups), ({ start, end }) => text.subarray(start, end));
    return { dump, findings: runRules(dump, groups, { ...DEFAULT_CONTEXT, arguments: source }) };
  });
}

/** The first dump of a text and what the rules say of it. */
export function analyse(text: string): Analysed {
  const [first] = analyseBytes(new TextEncoder().encode(text));
  if (first === undefined) throw new Error("the text holds no dump");
  return first;
}
