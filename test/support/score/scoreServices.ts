import { analyseBytes } from "../analyse.ts";
import { analyseWithSource } from "../analyseWithSource.ts";
import { judge, missedPlaces, type Verdict } from "./judge.ts";
import type { ServiceText } from "./forms.ts";
import { textsOf, type Half, type Service, servicesOf } from "./services.ts";

/** How one text of a service fared. */
export interface TextScore {
  readonly service: Service;
  readonly text: ServiceText;
  readonly verdicts: readonly Verdict[];
  /** Leaking places that no finding above suspect names; of an excerpt none. */
  readonly missed: readonly string[];
}

/** AnalysedTexts every text of every service of a half, with or without the sources. */
export async function scoreServices(
  half: Half,
  { withSource }: { withSource: boolean },
): Promise<readonly TextScore[]> {
  const scores: TextScore[] = [];
  for (const service of servicesOf(half)) {
    for (const text of textsOf(service)) {
      const [first] = withSource ? [await analyseWithSource(text.bytes, service.folder)] : analyseBytes(text.bytes);
      if (first === undefined) throw new Error(`${service.name}, ${text.form}: no dump`);
      const verdicts = judge(first, service.leaks);
      const named = verdicts.filter(isSure).flatMap(({ stuck }) => stuck);
      scores.push({
        service,
        text,
        verdicts,
        missed: text.isWhole ? missedPlaces(first.dump, service.leaks, named) : [],
      });
    }
  }
  return scores;
}

/** Whether a finding is said to be right, not only to be worth a look. */
export function isSure({ certainty }: Verdict): boolean {
  return certainty !== "suspect";
}

/** The measures of a half. */
export interface Totals {
  /** Healthy services of which a text has a finding above suspect. */
  readonly flagged: number;
  readonly healthy: number;
  /** Suspects a text of a healthy service. */
  readonly suspects: number;
  /** Whole texts of leaking services that are named at every place, above suspect. */
  readonly named: number;
  readonly leaking: number;
  /** Findings above suspect that blame a healthy goroutine. */
  readonly wrong: number;
}

/** Adds up. */
export function totalsOf(scores: readonly TextScore[]): Totals {
  const healthy = scores.filter(({ service }) => service.truth === "healthy");
  const leaking = scores.filter(({ service, text }) => service.truth === "leaking" && text.isWhole);
  const flagged = new Set(healthy.filter(({ verdicts }) => verdicts.some(isSure)).map(({ service }) => service.name));
  const suspects = healthy.reduce((sum, { verdicts }) => sum + verdicts.filter((one) => !isSure(one)).length, 0);
  return {
    flagged: flagged.size,
    healthy: new Set(healthy.map(({ service }) => service.name)).size,
    suspects: healthy.length === 0 ? 0 : suspects / healthy.length,
    named: leaking.filter(({ missed }) => missed.length === 0).length,
    leaking: leaking.length,
    wrong: scores.flatMap(({ verdicts }) => verdicts).filter((one) => isSure(one) && !one.isRight).length,
  };
}
