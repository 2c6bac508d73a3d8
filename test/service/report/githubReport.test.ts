import { describe, expect, it } from "vitest";
import { githubReport } from "../../../server/src/service/report/githubReport.ts";
import { findingReport, reportOf } from "../../support/report.ts";

const annotationsOf = (...findings: readonly ReturnType<typeof findingReport>[]): string[] =>
  githubReport(reportOf({ findings }), (path) => path.replace("/checkout/", ""))
    .split("\n")
    .filter((line) => line !== "");

describe("annotations for GitHub", () => {
  it("are an error, a warning or a notice, as sure as the finding is, the surest first", () => {
    const lines = annotationsOf(
      findingReport({ certainty: "suspect" }),
      findingReport({ certainty: "proven" }),
      findingReport({ certainty: "strong" }),
    );
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["::error", "::warning", "::notice"]);
  });

  it("stand where the source was found, else in the dump", () => {
    const [found, inDump] = annotationsOf(
      findingReport({ resolved: "/checkout/x/a.go", line: 7 }),
      findingReport({ line: 7, dumpLine: 33 }),
    );
    expect(found).toMatch(/^::warning file=x\/a\.go,line=7,title=/);
    expect(inDump).toMatch(/^::warning file=a\.dump,line=33,title=/);
  });

  it("keep what a dump says from ending the command, or beginning another", () => {
    const [line, ...others] = annotationsOf(
      findingReport({
        title: "100%: a,b\n::error::x",
        message: "50%\r\n::add-mask::x",
        evidence: ["one\n::stop-commands::x"],
        resolved: "/checkout/a:b,c%.go",
        line: 1,
      }),
    );
    expect(others).toEqual([]);
    expect(line).toBe(
      "::warning file=a%3Ab%2Cc%25.go,line=1,title=100%25%3A a%2Cb\\u000a%3A%3Aerror%3A%3Ax (strong)" +
        "::50%25\\u000d\\u000a::add-mask::x%0A- one\\u000a::stop-commands::x",
    );
  });

  it("name a file with GitHub's own escapes, and show what else would steer a terminal", () => {
    const [line] = annotationsOf(findingReport({ resolved: "/checkout/a\nb\r\u001b[2J\u202e\u009b\t.go", line: 1 }));
    expect(line).toMatch(/^::warning file=a%0Ab%0D\\u001b\[2J\\u202e\\u009b\\u0009\.go,line=1,title=/);
  });

  it("are as many as GitHub shows of a kind, the last of which says what is left out", () => {
    const many = Array.from({ length: 25 }, (_, index) => findingReport({ title: `number ${index}` }));
    const ten = many.slice(0, 10);

    expect(annotationsOf(...ten)).toHaveLength(10);
    const lines = annotationsOf(...many, findingReport({ certainty: "proven" }));
    expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(1);
    const warnings = lines.filter((line) => line.startsWith("::warning"));
    expect(warnings).toHaveLength(10);
    expect(warnings[8]).toContain("number 8");
    expect(warnings[9]).toContain("title=... and 16 more strong findings::");
  });
});
