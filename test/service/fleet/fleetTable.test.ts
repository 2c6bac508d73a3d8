import { describe, expect, it } from "vitest";
import { type FleetDump, FleetTable } from "../../../server/src/service/fleet/fleetTable.ts";
import type { Standing } from "../../../server/src/service/fleet/standings.ts";
import { fleetMarkdown, fleetReport, fleetText } from "../../../server/src/service/fleet/fleetReport.ts";

const HOUR = 3_600_000;
const NOTHING = { first: [], count: 0 };

function standing(name: string, count: number, finding: Standing["finding"] = null): Standing {
  const place = { function: name, file: "/src/a.go", line: 3, state: "chan send" };
  return { place, count, isInferred: false, finding };
}

function tableOf(...dumps: readonly FleetDump[]): FleetTable {
  const table = new FleetTable();
  for (const dump of dumps) table.add(dump);
  return table;
}

/** Goroutines of one place; most often as a profile has them. */
function at(state: string, count: number, isInferred = true): Standing {
  return { ...standing("f", count), place: { function: "f", file: "/src/a.go", line: 3, state }, isInferred };
}

/** State, hosts, total, most and where that is of each place; each list is the dump of a host. */
function rowsOf(...hosts: readonly (readonly Standing[])[]): readonly unknown[] {
  return tableOf(...hosts.map((standings, index) => ({ host: `h${index}`, time: null, standings })))
    .rows()
    .map(({ state, hosts: affected, total, max, maxHost }) => [state, affected, total, max, maxHost]);
}

describe("a fleet", () => {
  it("is counted by place: hosts, the most on one, the total of each host's largest dump, the root mean square", () => {
    const table = tableOf(
      { host: "a", time: null, standings: [standing("f", 3)] },
      { host: "a", time: null, standings: [standing("f", 4)] },
      { host: "b", time: null, standings: [] },
    );
    expect(table.totals).toEqual({ dumps: 3, hosts: 2, goroutines: 7 });
    expect(table.rows()).toMatchObject([
      { function: "f", hosts: 1, max: 4, maxHost: "a", total: 4, rms: Math.sqrt(8), perHour: null, firstSeen: null },
    ]);
  });

  it("takes goroutines of several stacks at one place as one", () => {
    const table = tableOf({ host: "a", time: null, standings: [standing("f", 3), standing("f", 4)] });
    expect(table.rows()).toMatchObject([{ max: 7 }]);
  });

  it("grows by what a dump has more an hour later; a dump without the place has none of it", () => {
    const dumpAt = (hour: number, count: number): FleetDump => {
      return { host: "a", time: hour * HOUR, standings: count === 0 ? [] : [standing("f", count)] };
    };
    const [row] = tableOf(dumpAt(1000, 0), dumpAt(1001, 10), dumpAt(1002, 20)).rows();
    expect(row?.perHour).toBeCloseTo(10);
    expect(row).toMatchObject({ firstSeen: 1001 * HOUR, lastSeen: 1002 * HOUR });
  });

  it("has no growth when all dumps are of one moment", () => {
    const dumps = ["a", "b"].map((host) => ({ host, time: 5 * HOUR, standings: [standing("f", 3)] }));
    expect(tableOf(...dumps).rows()[0]?.perHour).toBeNull();
  });

  it("puts the surest findings first, then the place of which one host has far more than the others", () => {
    const hosts = Array.from({ length: 10 }, (_, index) => ({
      host: `h${index}`,
      time: null,
      standings: [
        standing("usual", 100),
        standing("rare", index === 3 ? 80 : 1),
        ...(index === 5 ? [standing("leak", 2, { rule: "leak", certainty: "strong" as const })] : []),
      ],
    }));
    expect(
      tableOf(...hosts)
        .rows()
        .map((row) => row.function),
    ).toEqual(["leak", "rare", "usual"]);
  });

  it("puts what was not seen before a time first, and says so", () => {
    const table = tableOf(
      { host: "a", time: 10 * HOUR, standings: [standing("old", 50)] },
      { host: "a", time: 20 * HOUR, standings: [standing("old", 50), standing("new", 1)] },
    );
    const report = fleetReport(table, NOTHING, { since: 15 * HOUR, places: 10 });
    expect(report.places.map((place) => [place.function, place.isNew])).toEqual([
      ["new", true],
      ["old", false],
    ]);
    expect(fleetText(report)).toContain("new: new /src/a.go:3");
  });

  describe("whose dumps are of several forms", () => {
    it("has a place once, in the state that is printed", () => {
      expect(rowsOf([at("chan send", 2, false)], [at("chan send", 3)], [at("unknown", 5)])).toEqual([
        ["chan send", 3, 10, 5, "h2"],
      ]);
      expect(rowsOf([at("chan send (nil chan)", 2, false)], [at("chan send", 3)])).toEqual([
        ["chan send (nil chan)", 2, 5, 3, "h1"],
      ]);
      expect(rowsOf([at("unknown", 2)], [at("chan send", 3)])).toEqual([["chan send", 2, 5, 3, "h1"]]);
    });

    it("keeps states apart that are printed, and those that differ", () => {
      expect(rowsOf([at("chan send (nil chan)", 2, false), at("chan send", 3, false)])).toHaveLength(2);
      expect(rowsOf([at("running", 2, false)], [at("chan send", 3)])).toHaveLength(2);
      expect(rowsOf([at("unknown", 2)], [at("unknown", 3)])).toEqual([["unknown", 2, 5, 3, "h1"]]);
    });

    it("does not count the goroutines of one host twice", () => {
      const table = tableOf(
        { host: "a", time: null, standings: [at("chan send", 4, false)] },
        { host: "a", time: null, standings: [at("unknown", 4)] },
        { host: "b", time: null, standings: [at("unknown", 1)] },
      );
      const row = { hosts: 2, total: 5, max: 4, maxHost: "a", rms: Math.sqrt(17 / 2) };
      expect(table.rows()).toMatchObject([row]);
      expect(table.rows()).toMatchObject([row]);
    });
  });

  it("names one host, one dump and one goroutine as such", () => {
    const table = tableOf({ host: "a", time: null, standings: [standing("f", 1)] });
    const report = fleetReport(table, NOTHING, { since: null, places: 10 });
    expect(fleetText(report)).toMatch(/^1 dump of 1 host, 1 goroutine\n/);
    expect(fleetText(report)).toContain("      1 host, most 1 on a");
    expect(fleetMarkdown(report)).toMatch(/^1 dump of 1 host, 1 goroutine\n/);
  });

  it("says how many places are not listed", () => {
    const table = tableOf({ host: "a", time: null, standings: [standing("f", 1), standing("g", 1)] });
    const report = fleetReport(table, { first: ["x"], count: 3 }, { since: null, places: 1 });
    expect(report).toMatchObject({ placeCount: 2, problemCount: 3 });
    expect(fleetText(report)).toContain("1 more place;");
    expect(fleetText(report)).toContain("2 more files");
  });

  it("lets no name become markup or steer a terminal", () => {
    const table = tableOf({ host: "`a|b", time: null, standings: [standing("f`|\u001B[2J", 1)] });
    const report = fleetReport(table, NOTHING, { since: null, places: 10 });
    expect(fleetText(report)).not.toContain("\u001B");
    const row = fleetMarkdown(report).split("\n").at(-2) ?? "";
    expect(row).not.toContain("\u001B");
    expect(row.replaceAll("\\|", "").split("|")).toHaveLength(11);
    expect(row.match(/`/g)).toHaveLength(4);
  });
});
