import { DEFAULT_CONTEXT } from "../../server/src/core/findings/context.ts";
import type { Finding } from "../../server/src/core/findings/finding.ts";
import { runRules } from "../../server/src/core/findings/runRules.ts";
import { groupGoroutines } from "../../server/src/core/group/groups.ts";
import type { Dump } from "../../server/src/core/model/dump.ts";
import { readDumps } from "../../server/src/core/read/dumpReader.ts";

/** The first dump of a text and what the rules say of it, without arguments and source. */
export function analyse(text: string): { dump: Dump; findings: readonly Finding[] } {
  const dump = readDumps(new TextEncoder().encode(text)).dumps[0];
  if (dump === undefined) throw new Error("the text holds no dump");
  const groups = groupGoroutines(dump, { byLabels: false });
  return { dump, findings: runRules(dump, groups, DEFAULT_CONTEXT) };
}
