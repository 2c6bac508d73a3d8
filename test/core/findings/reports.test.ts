import { describe, expect, it } from "vitest";
import { faultsOfFindings, postedReports } from "../../support/postedReports.ts";

/** What the rules still say otherwise than they have to: each of these fails until it is right. */
const OPEN = new Set([
  "browser-console-script-place-behind-each-line",
  "condensed-by-hand-comment-behind-a-place",
  "crash-main-of-a-daemon-waits-for-shutdown",
  "crash-main-waits-for-the-goroutine-that-panicked",
  "header-and-first-frame-on-one-line",
  "leak-report-of-a-test-two-wait-for-one-lock",
  "main-waits-for-its-running-closures",
  "profile-lock-held-while-the-pool-is-full",
  "profile-main-waits-for-a-sleeping-closure",
  "quotation-of-one-waiter-cut-at-both-ends",
  "quotation-of-one-write-within-the-library",
  "quotation-outer-method-that-does-not-lock",
  "test-panic-without-its-first-line",
  "test-reports-itself-with-only-library-frames",
  "wait-for-a-command-whose-output-is-still-read",
  "waitgroup-and-channel-wait-for-each-other",
  "wrapped-arguments-at-the-line-start",
  "writer-locks-twice-while-a-reader-waits",
]);

describe("a dump in the shape in which people post it", () => {
  const reports = postedReports();

  it.each(reports.filter(({ name }) => !OPEN.has(name)))("is judged: $name", (report) =>
    expect(faultsOfFindings(report)).toEqual([]),
  );

  it.fails.each(reports.filter(({ name }) => OPEN.has(name)))("is judged: $name", (report) =>
    expect(faultsOfFindings(report)).toEqual([]),
  );
});
