import { describe, expect, it } from "vitest";
import { statusText } from "../../../client/src/model/statusText.ts";
import type { Summary } from "../../../server/src/protocol/index.ts";
import { english } from "../../support/localizer.ts";

const none = { proven: 0, strong: 0, suspect: 0 };
const summary: Summary = {
  dumps: 1,
  goroutines: 12,
  groups: 7,
  findings: none,
  worst: null,
  coverage: null,
  isDump: true,
};
const file = { name: "okx.dump", isInFront: true };

const text = (findings: Summary["findings"]): string | undefined =>
  statusText({ ...summary, findings }, file, english)?.text;

describe("the status bar item", () => {
  it("gives the totals", () => {
    expect(statusText(summary, file, english)).toEqual({
      text: "$(pulse) 12 goroutines",
      tooltip: "okx.dump\n12 goroutines\n7 stacks\nFindings: 0 proven, 0 strong, 0 suspect",
      speech: "Goroutine dump: okx.dump, 12 goroutines, 7 stacks, Findings: 0 proven, 0 strong, 0 suspect",
    });
  });

  it("names the file where another one is in front", () => {
    const behind = { name: "a$(x).dump", isInFront: false };

    expect(statusText(summary, behind, english)?.text).toBe("$(pulse) a\\$(x).dump: 12 goroutines");
  });

  it("shows by its icon how sure the surest finding is", () => {
    expect(text({ ...none, proven: 1, suspect: 2 })).toBe("$(error) 12 goroutines, 3 findings");
    expect(text({ ...none, strong: 1 })).toBe("$(warning) 12 goroutines, 1 finding");
    expect(text({ ...none, suspect: 1 })).toBe("$(pulse) 12 goroutines, 1 finding");
  });

  it("keeps a million readable and one in the singular, and counts the dumps of a file that has several", () => {
    expect(statusText({ ...summary, goroutines: 1_000_000 }, file, english)?.text).toBe(
      "$(pulse) 1,000,000 goroutines",
    );
    expect(statusText({ ...summary, goroutines: 1 }, file, english)?.text).toBe("$(pulse) 1 goroutine");
    expect(statusText({ ...summary, dumps: 3 }, file, english)?.tooltip).toContain("3 dumps");
  });

  it("says that an excerpt is one, and why", () => {
    const part: Summary = { ...summary, coverage: { kind: "excerpt", text: "Excerpt: main is not in it." } };

    expect(statusText(part, file, english)?.text).toBe("$(pulse) 12 goroutines (excerpt)");
    expect(statusText(part, file, english)?.tooltip).toContain("Excerpt: main is not in it.");
    const crash: Summary = { ...summary, coverage: { kind: "crash", text: "Crash." } };
    expect(statusText(crash, file, english)?.text).toBe("$(pulse) 12 goroutines");
  });

  it("is absent for a text that is no dump", () => {
    expect(statusText({ ...summary, isDump: false }, file, english)).toBeUndefined();
  });
});
