import type { ComparedStack, CompareResult } from "../../server/src/protocol/index.ts";

const start = { line: 4, character: 0 };
const hub = { function: "github.com/acme/shop/ws.(*Hub).deliver", file: "/src/ws/hub.go", line: 58 };
const main = { function: "main.main", file: "/src/main.go", line: 9 };

/** A stack that grew; what is given is otherwise. */
export function comparedStack(rest: Partial<ComparedStack> = {}): ComparedStack {
  return {
    title: "ws.(*Hub).deliver",
    change: "grown",
    counts: [1500, 5000],
    perMinute: 58,
    staying: 1500,
    isExact: true,
    state: "chan send",
    waitMinutes: 4,
    frames: [hub],
    createdBy: { function: "main.start", file: null, line: null },
    frame: hub,
    place: { uri: "file:///w/b.dump", range: { start, end: start } },
    outliers: [],
    ...rest,
  };
}

/** Two dumps, one finding, a stack that grew and one that did not, and more that are not sent. */
export const comparison: CompareResult = {
  dumps: [
    { uri: "file:///w/a.dump", index: 0, name: "a.dump", time: 60_000, goroutines: 1501 },
    { uri: "file:///w/b.dump", index: 0, name: "b.dump", time: 120_000, goroutines: 5001 },
  ],
  stacks: [
    comparedStack(),
    comparedStack({
      title: "main.main",
      change: "same",
      counts: [1, 1],
      perMinute: 0,
      staying: 1,
      isExact: false,
      state: "unknown",
      waitMinutes: null,
      frames: [main],
      createdBy: null,
      frame: main,
    }),
  ],
  total: 9,
  findings: [
    {
      rule: "growing",
      certainty: "strong",
      title: "Goroutines pile up: hub.go:58",
      message: "Goroutines pile up.",
      evidence: ["All 1,500 of the first dump are still there."],
      frame: hub,
      place: { uri: "file:///w/b.dump", range: { start, end: start } },
    },
  ],
  problems: ["notes.txt: holds no goroutines"],
};
