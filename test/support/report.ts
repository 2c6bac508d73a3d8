import type { DumpReport, FindingReport, GroupReport, Report } from "../../server/src/output/report.ts";

/** A finding as a report has it, made up. */
export function findingReport(given: Partial<FindingReport> = {}): FindingReport {
  return {
    rule: "leak",
    certainty: "strong",
    evidenceClass: "leak/gone/send",
    title: "Leak",
    message: "Nobody receives.",
    count: 1,
    goroutineIds: [1],
    file: "/src/a.go",
    line: 1,
    resolved: null,
    dumpLine: 1,
    evidence: [],
    root: null,
    cycle: null,
    ...given,
  };
}

/** A group as a report has it, made up. */
export function groupReport(given: Partial<GroupReport> = {}): GroupReport {
  return {
    count: 1,
    state: "select",
    waitMinutes: null,
    frames: [{ function: "main.f", file: "/src/a.go", line: 1, resolved: null }],
    createdBy: null,
    goroutineIds: [1],
    labels: null,
    ...given,
  };
}

/** The report of one dump, made up. */
export function reportOf(given: Partial<DumpReport> = {}): Report {
  return { version: 1, dumps: [dumpReport(given)], comparison: null };
}

/** A dump as a report has it, made up. */
export function dumpReport(given: Partial<DumpReport> = {}): DumpReport {
  return {
    file: "a.dump",
    form: "traceback",
    startLine: 1,
    goVersion: null,
    coverage: { kind: "whole", reason: "All goroutines of the process are in it." },
    goroutines: 1,
    states: { select: 1 },
    groups: [groupReport()],
    findings: [],
    notes: [],
    ...given,
  };
}
