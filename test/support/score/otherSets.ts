import { analyseBytes } from "../analyse.ts";
import { labelledPrograms, programDump } from "../programs.ts";
import { falseAlarms, scoreCorpus } from "../scoreboard.ts";
import { classOf, judge, type Verdict } from "./judge.ts";

/** The verdicts on the labelled programs, whose truth is of places. */
export function programVerdicts(): readonly Verdict[] {
  return labelledPrograms().flatMap((program) =>
    analyseBytes(programDump(program)).flatMap((analysed) => judge(analysed, program.leaks)),
  );
}

/** How the classes above suspect fare on the corpus. */
export function corpusVerdicts(): readonly Pick<Verdict, "class" | "isRight">[] {
  const all = scoreCorpus();
  return all.flatMap((scored) => {
    const wrong = new Set(falseAlarms(scored, all));
    return scored.dumps.flatMap(({ dump, findings }) =>
      findings
        .filter(({ certainty }) => certainty !== "suspect")
        .map((finding) => ({ class: classOf(dump, finding), isRight: !wrong.has(finding) })),
    );
  });
}
