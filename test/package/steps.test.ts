import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { outcomeOf } from "../../scripts/lib/steps.mjs";

describe("the report of a project's tests", () => {
  it("is counted, with what failed by file and name, also a file that cannot be loaded", () => {
    const testResults = [
      {
        name: join(root, "test/core/a.test.ts"),
        status: "failed",
        assertionResults: [
          { status: "passed", fullName: "reading works" },
          { status: "failed", fullName: "reading never throws" },
          { status: "pending", fullName: "reading needs Go" },
        ],
      },
      { name: join(root, "test/core/broken.test.ts"), status: "failed", assertionResults: [] },
    ];

    expect(outcomeOf({ testResults })).toEqual({
      passed: 1,
      skipped: 1,
      failed: ["test/core/a.test.ts > reading never throws", "test/core/broken.test.ts"],
    });
  });
});
