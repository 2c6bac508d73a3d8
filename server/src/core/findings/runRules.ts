import type { GroupTable } from "../group/groups.ts";
import type { Dump } from "../model/dump.ts";
import { Analysis } from "./analysis.ts";
import type { RuleContext } from "./context.ts";
import type { Certainty, Finding } from "./finding.ts";
import { RULES } from "./registry.ts";

const ORDER: Readonly<Record<Certainty, number>> = { proven: 0, strong: 1, suspect: 2 };

/** Runs all rules that are not switched off. Surest findings first; equal ones by number of goroutines, then by line. */
export function runRules(dump: Dump, groups: GroupTable, context: RuleContext): readonly Finding[] {
  const analysis = new Analysis(dump, groups, context);
  return RULES.filter((rule) => context.levels?.[rule.id] !== "off")
    .flatMap((rule) => rule.find(analysis))
    .sort((a, b) => ORDER[a.certainty] - ORDER[b.certainty] || b.count - a.count || a.dumpLine - b.dumpLine);
}
