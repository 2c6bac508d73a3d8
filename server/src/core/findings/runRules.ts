import type { GroupTable } from "../group/groups.ts";
import type { Dump } from "../model/dump.ts";
import { Analysis } from "./analysis.ts";
import { Investigation } from "./investigation.ts";
import type { RuleContext } from "./context.ts";
import type { Certainty, Finding } from "./finding.ts";
import { RULES } from "./registry.ts";

const ORDER: Readonly<Record<Certainty, number>> = { proven: 0, strong: 1, suspect: 2 };

/**
 * What all rules say, those that are off left out: they run nevertheless, so that no weaker rule speaks in their place.
 * Surest findings first, causes before their consequences; equal ones by number of goroutines, then by line.
 */
export function runRules(dump: Dump, groups: GroupTable, context: RuleContext): readonly Finding[] {
  const investigation = new Investigation(new Analysis(dump, groups, context));
  const findings = RULES.map((rule) => ({ rule, found: rule.find(investigation) }));
  return findings
    .filter(({ rule }) => context.levels?.[rule.id] !== "off")
    .flatMap(({ found }) => found)
    .sort(inOrder);
}

function inOrder(a: Finding, b: Finding): number {
  const byCertainty = ORDER[a.certainty] - ORDER[b.certainty];
  return (
    byCertainty || Number(isConsequence(a)) - Number(isConsequence(b)) || b.count - a.count || a.dumpLine - b.dumpLine
  );
}

/** Whether a finding is about goroutines that wait behind one which has a finding of its own. */
function isConsequence({ root, rows }: Finding): boolean {
  return root !== null && !rows.includes(root);
}
