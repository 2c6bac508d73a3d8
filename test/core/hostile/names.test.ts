import { describe, expect, it } from "vitest";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { parseFilter } from "../../../server/src/core/group/filterQuery.ts";
import { stateInfo } from "../../../server/src/core/model/state.ts";
import { reportDump } from "../../../server/src/service/report/buildReport.ts";
import { analyse } from "../../support/analyse.ts";

/** What every object answers to. */
const INHERITED = ["toString", "constructor", "__proto__", "hasOwnProperty", "valueOf"];

describe.each(INHERITED)("the name %s, which every object has", (name) => {
  const { dump, findings } = analyse(`goroutine 3 [${name}, 5 minutes]:\nmain.g()\n\t/src/x/main.go:28 +0x3a\n`);

  it("is a state nobody knows", () => {
    expect(stateInfo(name).kind).toBe("unknown");
    expect(findings).toEqual([]);
  });

  it("is counted among the states of a report", () => {
    const groups = groupGoroutines(dump, { byLabels: false });
    const report = reportDump({ file: "x", dump, groups, findings }, { allIds: false, resolve: () => null });

    expect(JSON.parse(JSON.stringify(report.states), (_, value: unknown) => value)).toEqual(
      JSON.parse(`{"${name}":1}`),
    );
    expect(JSON.stringify(report.states)).toBe(`{"${name}":1}`);
  });

  it("is no field of the filter", () => {
    const query = parseFilter(`${name}:x`);
    // A name of letters alone would be a field: there is none of that name.
    expect(query.kind === "malformed" || (query.filter.kind === "term" && query.filter.field === "any")).toBe(true);
  });
});
