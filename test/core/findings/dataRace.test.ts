import { expect, it } from "vitest";
import { english } from "../../../server/src/core/text/say.ts";
import { analyseBytes } from "../../support/analyse.ts";
import { corpusBytes } from "../../support/corpus.ts";

/** What is said of the races of a real report. */
const messages = analyseBytes(corpusBytes("race/tally-go1.27.txt")).flatMap(({ findings }) =>
  findings.map(({ message }) => english(message)),
);

it("names both sides of a data race by the user's code", () => {
  expect(messages[0]).toMatch(
    /^Data race: read in main\.\(\*Counter\)\.Total at main\.go:23 by the main goroutine; previous write in main\.\(\*Counter\)\.Hit at main\.go:18 by the detector's goroutine 7\./,
  );
});

it("names who started a goroutine that the report shows within the runtime alone, and no function of the runtime", () => {
  const message = messages.find((each) => each.includes("(*Counter).Key"));
  expect(message).toMatch(
    /read by the detector's goroutine 10, which main\.main at main\.go:47 started; previous write in main/,
  );
  expect(messages.join()).not.toContain("runtime.");
});
