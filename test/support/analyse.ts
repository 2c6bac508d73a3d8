import { gunzipSync } from "node:zlib";
import { DEFAULT_CONTEXT } from "../../server/src/core/analysis/context.ts";
import type { Finding } from "../../server/src/core/findings/finding.ts";
import { ruleSteps } from "../../server/src/core/findings/runRules.ts";
import type { Dump } from "../../server/src/core/model/dump.ts";
import { runToEnd } from "../../server/src/core/steps.ts";
import { AnyReader } from "../../server/src/formats/anyReader.ts";
import { planReading, takeBlocks } from "../../server/src/service/analysis/analyseDump.ts";

/** A dump and what the rules say of it. */
export interface Analysed {
  readonly dump: Dump;
  readonly findings: readonly Finding[];
}

/** All dumps of a file of any form, analysed as a host does it, in one go: with the arguments that the rules ask for. */
export function analyseBytes(bytes: Uint8Array): readonly Analysed[] {
  const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  const reader = new AnyReader();
  reader.push(text);
  const plan = runToEnd(planReading(reader.end().dumps.map((dump) => ({ dump }))));
  const blocks = plan.spans.map(({ start, end }) => text.subarray(start, end));
  return takeBlocks(plan, blocks).map(({ dump, traits, arguments: known }) => ({
    dump,
    findings: runToEnd(ruleSteps(traits, { ...DEFAULT_CONTEXT, arguments: known })),
  }));
}

/** The first dump of a text and what the rules say of it. */
export function analyse(text: string): Analysed {
  const [first] = analyseBytes(new TextEncoder().encode(text));
  if (first === undefined) throw new Error("the text holds no dump");
  return first;
}
