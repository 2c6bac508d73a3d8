import { baseState } from "../../model/state.ts";
import type { Group } from "../../group/groups.ts";
import { firstUserFrame } from "../../names/userCode.ts";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Finding } from "../finding.ts";
import { groupFinding } from "../groupFinding.ts";
import { chains, incidentFinding, PANIC_CALL } from "../incidents.ts";
import type { Incident } from "../../model/incident.ts";
import type { Investigation } from "../investigation.ts";
import type { Rule } from "../rule.ts";
import { isTestTimeout, timeoutFinding } from "../testTimeout.ts";
import { callAt, goroutines } from "../../analysis/wording.ts";
import { NOTHING, say } from "../../text/say.ts";

/** A panic, printed by the runtime or by the program after a recover; a chain of panics is one finding. */
export const panic: Rule = {
  id: "panic",
  title: "Panic",
  certainties: ["proven"],
  explains: () => false,
  find: (investigation) => [
    ...chains(investigation.analysis.dump.incidents).flatMap((chain) => ofChain(investigation, chain) ?? []),
    ...investigation.analysis.groups.groups.flatMap((group) => unwinding(investigation.analysis, group) ?? []),
  ],
};

function ofChain(investigation: Investigation, chain: readonly Incident[]): Finding | undefined {
  const last = chain.at(-1);
  if (last?.kind !== "panic") return undefined;
  return isTestTimeout(last)
    ? timeoutFinding(investigation, last)
    : incidentFinding(investigation.analysis, "panic", chain);
}

/**
 * A goroutine whose stack was printed while it panicked, without a line that says so. With the call of panic on top the
 * runtime has printed it, and the program died; else a deferred function did that has recovered, for a log.
 */
function unwinding(analysis: Analysis, group: Group): Finding | undefined {
  const { frames } = analysis.stack(group);
  const call = frames.map((frame) => frame.function).lastIndexOf(PANIC_CALL);
  if (call < 0 || baseState(group.state) !== "running") return undefined;
  const told = new Set(analysis.dump.incidents.map(({ goroutine }) => goroutine));
  if (analysis.rows(group).some((row) => told.has(row))) return undefined;
  const frame = firstUserFrame(frames.slice(call + 1));
  const where = frame === undefined ? NOTHING : say` in ${callAt(frame)}`;
  const hasDied = frames[0]?.function === PANIC_CALL;
  return groupFinding(analysis, group, {
    rule: "panic",
    certainty: "proven",
    what: hasDied ? say`Panic` : say`Logged panic`,
    message: hasDied
      ? say`Panic${where}: the program died of it. The line with its value is not in the text.`
      : say`Panic${where}: a deferred function of ${goroutines(group.count)} printed this stack, as after a recover. The value is not in the text.`,
    blamed: frame ?? null,
    evidence: [
      hasDied
        ? say`The call of panic is on top of the stack: the runtime printed it, because nothing recovered the panic.`
        : say`A call of panic is on the stack: what stands above it runs deferred, what stands below it panicked.`,
    ],
  });
}
