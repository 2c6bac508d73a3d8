import { expect, test } from "vitest";
import { english } from "../../../server/src/core/text/say.ts";
import { describeFit } from "../../../server/src/service/revision/describeFit.ts";
import { commitOf } from "../../support/memoryHistory.ts";

const score = (name: string, fits: number) => ({ revision: { commit: commitOf(name), name, isTag: true }, fits });
const counts = { frames: 98, today: 61, isWhole: true, lacks: null };

test.each([
  [{ kind: "exact", best: [score("v1.33.0", 98)] }, "v1.33.0 fits 98 of 98 frames; the working tree 61."],
  [
    { kind: "equal", best: ["v5", "v4", "v3", "v2", "v1"].map((name) => score(name, 98)) },
    "v5, v4, v3 and 2 more fit 98 of 98 frames equally; the working tree 61.",
  ],
  [
    { kind: "none", best: [score("v1.32.0", 95)] },
    "No revision fits all 98 frames: v1.32.0 fits 95, the working tree 61.",
  ],
  [{ kind: "none", best: [], lacks: "v1.5.0" }, "The repository does not have v1.5.0, which the dump names."],
  [{ kind: "none", best: [] }, "No revision fits; the working tree fits 61 of 98 frames."],
  [
    { kind: "exact", best: [score("v1.33.0", 98)], isWhole: false },
    "v1.33.0 fits 98 of 98 frames; the working tree 61. Not all tags and commits were compared.",
  ],
] as const)("%j is told in words", (outcome, text) => {
  expect(english(describeFit({ ...counts, ...outcome }))).toBe(text);
});
