import { describe, expect, it } from "vitest";
import { faultsOfReading, postedReports } from "../support/postedReports.ts";

describe("a dump in the shape in which people post it", () => {
  it.each(postedReports())("is read: $name", (report) => expect(faultsOfReading(report)).toEqual([]));
});
