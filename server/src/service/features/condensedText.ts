import { Turns } from "../base/turns.ts";
import type { Clock } from "../base/ports.ts";
import { condenseDumps } from "../condensed/condenseDumps.ts";
import type { OpenText } from "../document/openText.ts";
import type { AnalysedTexts } from "../findings/analyses.ts";

/** An open text condensed, as `CondensedFiles` shows a file; null: called off. */
export async function condensedText(text: OpenText, analyses: AnalysedTexts, clock: Clock): Promise<string | null> {
  const turns = new Turns(clock);
  const findings = await analyses.of(text);
  const seen = await Promise.all(text.dumps.map((open) => analyses.seen(text, open)));
  const prepared = seen.flatMap((one) => one?.prepared ?? []);
  const findingsOf = new Map(prepared.map((dump, index) => [dump, findings[index]?.findings ?? []]));
  const condensed = await condenseDumps(
    prepared,
    () => text,
    (dump) => Promise.resolve(findingsOf.get(dump)),
    (steps) => turns.run(steps, text.token),
  );
  return condensed?.text ?? null;
}
