import { describe, expect, test } from "vitest";
import { scorePrograms, scoreProgramsWithSources } from "../support/labelledPrograms.ts";
import { type Expected, falseAlarms, isFound, RULES_OF_KIND, scoreCorpus } from "../support/scoreboard.ts";
import { english } from "../../server/src/core/text/say.ts";

/** Leaks of fewer are counted apart: most of them cannot be told from idle goroutines by their number. */
const MANY = 100;

/** Kinds whose findings are proven or strong: nineteen in twenty have to be found. */
const SURE_KINDS = [
  "panic",
  "fatal",
  "fatal-deadlock",
  "race",
  "deadlock-cycle",
  "lock-holder-blocked",
  "self-deadlock",
  "lock-upgrade",
  `leak of ${MANY} or more`,
];

describe("the corpus", () => {
  const scored = scoreCorpus();
  const tally = new Map<string, { expected: number; found: number }>();
  for (const { expected, dumps } of scored) {
    for (const each of expected.filter(({ kind }) => kind in RULES_OF_KIND)) {
      const kind = nameOfKind(each);
      const count = tally.get(kind) ?? { expected: 0, found: 0 };
      count.expected++;
      if (dumps.some((dump) => isFound(each, dump))) count.found++;
      tally.set(kind, count);
    }
  }
  const alarms = scored.flatMap((each) =>
    falseAlarms(each, scored).map(({ title }) => `${each.file}: ${english(title)}`),
  );

  test("gives nineteen of twenty sure findings, at the right place, about the right goroutines", () => {
    print(
      "corpus: findings expected and found",
      [...tally].map(([kind, { expected, found }]) => [kind, `${found} of ${expected}`]),
    );
    const sure = SURE_KINDS.map((kind) => tally.get(kind) ?? { expected: 0, found: 0 });
    const expected = sure.reduce((sum, each) => sum + each.expected, 0);
    const found = sure.reduce((sum, each) => sum + each.found, 0);
    expect(expected).toBeGreaterThan(150);
    expect(found / expected).toBeGreaterThanOrEqual(0.95);
  });

  test("gives no finding above suspect about goroutines that are not to blame", () => {
    print("corpus: false alarms", [["above suspect", String(alarms.length)]]);
    expect(alarms).toEqual([]);
  });
});

describe("the labelled programs", () => {
  /** A dump alone does not tell a limiter that nobody refills from one that a ticker does: the source does. */
  test.each([
    ["alone in four of seven", 4 / 7, () => Promise.resolve(scorePrograms())],
    ["with their sources in four of five", 4 / 5, scoreProgramsWithSources],
  ])("that leak are named at every place, above suspect, %s", async (how, least, score) => {
    const leaking = (await score()).filter(({ program }) => program.truth === "leaking");
    const named = leaking.filter(({ missed }) => missed.length === 0);
    print(`leaking programs, ${how}`, [
      ["every place named", `${named.length} of ${leaking.length}`],
      ...leaking
        .filter((one) => !named.includes(one))
        .map(({ program, missed }) => [`  ${program.name} lacks`, missed.join(", ")] as const),
    ]);
    expect(leaking.length).toBeGreaterThanOrEqual(30);
    expect(named.length / leaking.length).toBeGreaterThanOrEqual(least);
  });

  test.each([
    ["alone", () => Promise.resolve(scorePrograms())],
    ["with their sources", scoreProgramsWithSources],
  ])("that are healthy get nothing above suspect, and one suspect each at most on average, %s", async (how, score) => {
    const healthy = (await score()).filter(({ program }) => program.truth === "healthy");
    const suspects = healthy.reduce((sum, one) => sum + one.suspects, 0);
    print(`healthy programs, ${how}`, [
      ["flagged above suspect", `${healthy.filter((one) => one.alarms.length > 0).length} of ${healthy.length}`],
      ["suspects", `${suspects} in ${healthy.length}`],
    ]);
    expect(healthy.length).toBeGreaterThanOrEqual(20);
    expect(healthy.flatMap((one) => one.alarms.map((place) => `${one.program.name}: ${place}`))).toEqual([]);
    expect(suspects / healthy.length).toBeLessThanOrEqual(1);
  });
});

function nameOfKind({ kind, count }: Expected): string {
  return kind === "leak" ? `leak of ${(count ?? 0) >= MANY ? `${MANY} or more` : "fewer"}` : kind;
}

function print(title: string, rows: readonly (readonly [string, string])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  process.stdout.write(`\n${title}\n${lines.join("\n")}\n`);
}
