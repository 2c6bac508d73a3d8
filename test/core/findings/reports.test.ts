import { describe, expect, it } from "vitest";
import { faultsOfFindings, postedReports } from "../../support/postedReports.ts";

describe("a dump in the shape in which people post it", () => {
  it.each(postedReports())("is judged: $name", (report) => expect(faultsOfFindings(report)).toEqual([]));
});
