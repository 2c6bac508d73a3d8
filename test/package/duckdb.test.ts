import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import type { FleetPlaceReport, FleetReport } from "../../server/src/output/fleet.ts";
import { type FleetDump, fleetDumps } from "../support/fleetDumps.ts";

const CLI = join(root, "dist/node/cli.js");
const page = readFileSync(join(root, "docs/fleet.md"), "utf8");
const query = page.slice(page.indexOf("## Query"));
const [convert] = blocks("sh");
const [store, standings, pileUp, growth, leaks] = blocks("sql");

const DUMPS = fleetDumps({ hosts: 200, hours: 10 });

/** The page's pieces of code in a language. */
function blocks(language: string): readonly string[] {
  return Array.from(query.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms")), ([, code = ""]) => code);
}

type Row = Readonly<Record<string, unknown>>;

/** A row of a recipe and a place of `fleet`, as one key. */
const keyOfRow = ({ place, base_state }: Row): string => `${String(place)} ${String(base_state)}`;
const keyOfPlace = (place: FleetPlaceReport): string => `${nameOf(place)} ${place.state}`;
const nameOf = ({ function: name, file, line }: FleetPlaceReport): string => `${name} ${file}:${line}`;

describe("the DuckDB recipes of docs/fleet.md, over 2,000 dumps of 200 hosts", () => {
  const before = process.cwd();
  let folder = "";
  let connection: DuckDBConnection | undefined;
  let ask: (sql: string | undefined) => Promise<readonly Row[]>;
  let fleets: Readonly<Record<"shop" | "pay", FleetReport>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "duckdb-"));
    for (const dump of DUMPS) writeDump(dump);
    const program = `goroutine-dump() { "$NODE" "$CLI" "$@"; }`;
    const env = { ...process.env, NODE: process.execPath, CLI };
    execFileSync("bash", ["-euc", `${program}\n${convert}`], { cwd: folder, env });
    // The recipes name their files as seen from there.
    process.chdir(folder);
    const engine = await (await DuckDBInstance.create(":memory:")).connect();
    connection = engine;
    ask = async (sql = "") => (await engine.runAndReadAll(sql)).getRowObjectsJS();
    await ask(store);
    await ask(standings);
    fleets = { shop: fleetOf("shop"), pay: fleetOf("pay") };
  });
  afterAll(() => {
    connection?.closeSync();
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  function writeDump({ day, name, text, entry }: FleetDump): void {
    const dir = join(folder, "dumps", day);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, name), text);
    writeFileSync(join(dir, "manifest.jsonl"), `${JSON.stringify(entry)}\n`, { flag: "a" });
  }

  /** What `fleet` says of the dumps of a service. */
  function fleetOf(service: string): FleetReport {
    const own = DUMPS.filter(({ entry }) => entry.labels.service === service);
    const input = own.map(({ day, name }) => join(folder, "dumps", day, name)).join("\n");
    const args = [CLI, "fleet", "--format", "json", "--places", "1000", "-"];
    return JSON.parse(execFileSync(process.execPath, args, { input, encoding: "utf8" })) as FleetReport;
  }

  it("finds the same places with the same figures as fleet", async () => {
    const rows = await ask(pileUp);
    expect(rows.length).toBeGreaterThan(30);
    const peaks = await ask(
      `FROM standings QUALIFY goroutines = max(goroutines) OVER (PARTITION BY service, place, base_state)`,
    );
    const busiest = new Set(peaks.map((row) => `${keyOfRow(row)} ${String(row["host"])}`));
    for (const [service, { places: all }] of Object.entries(fleets)) {
      const places = all.map((place) => {
        const { hosts, max, total, rms, state } = place;
        return [nameOf(place), state, hosts, max, total, rms.toFixed(6)].join(" ");
      });
      const found = rows.filter((row) => row["service"] === service);
      const figures = found.map(({ hosts, most, total, rms, ...row }) =>
        [row["place"], row["base_state"], hosts, most, total, Number(rms).toFixed(6)].join(" "),
      );
      expect([...figures].sort()).toEqual([...places].sort());
      // Several hosts may have the most: any of them is right.
      const named = [
        ...found.map((row) => `${keyOfRow(row)} ${String(row["most_on"])}`),
        ...all.map((place) => `${keyOfPlace(place)} ${place.maxHost}`),
      ];
      expect(named.filter((each) => !busiest.has(each))).toEqual([]);
    }
  });

  it("finds the same growth as fleet", async () => {
    const rows = await ask(growth);
    for (const [service, { places }] of Object.entries(fleets)) {
      const slopes = new Map(places.map((place) => [keyOfPlace(place), place.perHour]));
      const found = rows.filter((row) => row["service"] === service);
      expect(found.map(keyOfRow).sort()).toEqual([...slopes.keys()].sort());
      for (const row of found) expect(row["an_hour"]).toBeCloseTo(slopes.get(keyOfRow(row)) ?? Number.NaN, 6);
    }
  });

  it("tells since which release a line leaks, although its lines have shifted since", async () => {
    const rows = await ask(leaks);
    const places = fleets.shop.places.filter(({ rule }) => rule === "leak");
    // The same call in two releases, at two lines.
    expect(new Set(places.map(({ line }) => line))).toEqual(new Set([20, 25]));
    expect(fleets.pay.places.filter(({ rule }) => rule !== null)).toEqual([]);

    expect(rows).toHaveLength(1);
    const first = places.find(({ line }) => line === 20)?.firstSeen;
    expect({ ...rows[0], hosts: Number(rows[0]?.["hosts"]) }).toMatchObject({
      service: "shop",
      place: nameOf(places.find(({ line }) => line === 25)!),
      since: new Date(first!),
      since_release: "v1.33.0",
      hosts: Math.max(...places.map(({ hosts }) => hosts)),
    });
  });
});
