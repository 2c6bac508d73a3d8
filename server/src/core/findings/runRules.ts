import type { Group, GroupTable } from "../group/groups.ts";
import { at } from "../model/column.ts";
import type { Dump } from "../model/dump.ts";
import { runToEnd, type Steps } from "../steps.ts";
import { Analysis } from "../analysis/analysis.ts";
import type { RuleContext } from "../analysis/context.ts";
import type { Certainty } from "../analysis/certainty.ts";
import type { Finding } from "./finding.ts";
import { investigate } from "./investigation.ts";
import { isOnlyBlame, provenLost } from "./provenLost.ts";
import { RULES } from "./registry.ts";
import { TraitsTable } from "../analysis/traits.ts";

const ORDER: Readonly<Record<Certainty, number>> = { proven: 0, strong: 1, suspect: 2 };

/** As {@link ruleSteps}, in one go. */
export function runRules(dump: Dump, groups: GroupTable, context: RuleContext): readonly Finding[] {
  return runToEnd(ruleSteps(new TraitsTable(dump, groups), context));
}

/**
 * What all rules say, those that are off left out: they run nevertheless, so that no weaker rule speaks in their place.
 * Surest findings first, causes before their consequences; equal ones by number of goroutines, then by line.
 * Each rule is one step.
 */
export function* ruleSteps(asPrinted: TraitsTable, context: RuleContext): Steps<readonly Finding[]> {
  const traits = asPrinted.withStates(context.source?.states ?? new Map());
  yield* traits.prepare();
  const analysis = new Analysis(traits, context);
  const { dump } = analysis;
  const explained = new Set<Group>();
  const suspected = new Set<Group>();
  const investigation = yield* investigate(analysis, {
    isExplained: (group) => explained.has(group),
    isSuspected: (group) => suspected.has(group),
  });
  const found: Finding[] = [];
  for (const rule of RULES) {
    const isOn = context.levels?.[rule.id] !== "off";
    for (const said of rule.find(investigation)) {
      if (hasFewer(dump, said)) continue;
      const finding = provenLost(said, investigation);
      const told = rule.explains?.(finding) !== false ? explained : finding.root === null ? undefined : suspected;
      if (told !== undefined && !isOnlyBlame(finding, investigation))
        for (const row of finding.rows) told.add(analysis.groupOf(row));
      if (isOn) found.push(finding);
    }
    yield;
  }
  return found.sort(inOrder);
}

/** Whether a finding is about goroutines that became fewer: the difference of two profiles counts them below zero. */
function hasFewer({ goroutines: { weight } }: Dump, { rows }: Finding): boolean {
  return weight !== null && rows.some((row) => at(weight, row) < 0);
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
