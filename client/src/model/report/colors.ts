import type { DumpReportPage, WaitClass } from "../../../../server/src/protocol/index.ts";
import type { CallNode } from "./callTree.ts";
import { packageOf } from "./frames.ts";

/** What the colour of a call tells. */
export type ColorBy = "state" | "package" | "finding";

/** A colour with its meaning. */
export interface LegendEntry {
  readonly color: string;
  readonly text: string;
}

/** Painted at a third of their strength over the page: letters in the page's own colour stay readable on all of them. */
const STATE_COLORS: Readonly<Record<WaitClass, string>> = {
  running: "#2ea043",
  channel: "#e5534b",
  select: "#d18616",
  lock: "#a371f7",
  sync: "#db61a2",
  io: "#388bfd",
  sleep: "#39a5b5",
  system: "#8b949e",
  unknown: "#8b949e",
};

const CERTAINTY_COLORS = { proven: "#e5534b", strong: "#d18616", suspect: "#388bfd" } as const;

const PACKAGE_COLORS = [
  "#388bfd",
  "#d18616",
  "#2ea043",
  "#e5534b",
  "#a371f7",
  "#39a5b5",
  "#db61a2",
  "#b0a12c",
  "#6e7bd9",
  "#7f9a3e",
];

const NEUTRAL = "#8b949e";

/** Packages that the legend names. */
const LEGEND_LIMIT = 10;

/** The colours of one report. */
export class Colors {
  readonly #page: DumpReportPage;
  readonly #by: ColorBy;
  /** Of packages by path, those with most goroutines in their own calls first. */
  readonly #packages: ReadonlyMap<string, string>;

  constructor(page: DumpReportPage, by: ColorBy) {
    this.#page = page;
    this.#by = by;
    this.#packages = by === "package" ? packageColors(page) : new Map();
  }

  of({ frame, state, finding }: CallNode): string {
    switch (this.#by) {
      case "state":
        return stateColor(this.#page.states.items[state]?.class ?? "unknown");
      case "package":
        return this.#packages.get(packageOf(this.#page.frames, frame)) ?? NEUTRAL;
      case "finding":
        return findingColor(this.#page, finding) ?? NEUTRAL;
    }
  }

  /** Names of classes and certainties are translated by the caller. */
  legend(classText: (name: WaitClass) => string, findingTexts: FindingTexts): readonly LegendEntry[] {
    switch (this.#by) {
      case "state": {
        const classes = new Set(this.#page.states.items.map((each) => each.class));
        return [...classes].map((name) => ({ color: stateColor(name), text: classText(name) }));
      }
      case "package":
        return [...this.#packages].slice(0, LEGEND_LIMIT).map(([text, color]) => ({ color, text }));
      case "finding": {
        const certainties = new Set(this.#page.findings.items.map(({ certainty }) => certainty));
        const entries = [...certainties].map((name) => ({ color: CERTAINTY_COLORS[name], text: findingTexts[name] }));
        return [...entries, { color: NEUTRAL, text: findingTexts.none }];
      }
    }
  }
}

/** What each certainty is called, and calls without a finding. */
export type FindingTexts = Readonly<Record<"proven" | "strong" | "suspect" | "none", string>>;

export function stateColor(name: WaitClass): string {
  return STATE_COLORS[name];
}

/** The colour of a finding; undefined: there is none of that number. */
export function findingColor({ findings }: DumpReportPage, finding: number): string | undefined {
  const certainty = findings.items[finding]?.certainty;
  return certainty === undefined ? undefined : CERTAINTY_COLORS[certainty];
}

function packageColors({ tree, frames }: DumpReportPage): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  tree.frame.forEach((frame, node) => {
    if (frame < 0) return;
    const path = packageOf(frames, frame);
    counts.set(path, (counts.get(path) ?? 0) + (tree.count[node] ?? 0));
  });
  const ranked = [...counts].sort(([, left], [, right]) => right - left);
  return new Map(ranked.map(([path], index) => [path, PACKAGE_COLORS[index % PACKAGE_COLORS.length] ?? NEUTRAL]));
}
