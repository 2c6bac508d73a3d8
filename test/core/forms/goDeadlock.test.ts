import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import type { DeadlockPlace } from "../../../server/src/core/model/deadlockReport.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { DumpReader, readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { english } from "../../../server/src/core/text/say.ts";
import { analyseBytes } from "../../support/analyse.ts";
import { contentsOf, placesOf } from "../../support/readings.ts";
import { LINE_WRAPPERS, PREFIXES } from "../../support/wrappers.ts";

/** What programs with go-deadlock have printed, see the `INDEX.md` beside them. */
function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(`test/fixtures/tools/go-deadlock/${name}.txt`));
}

function bytesOf(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

function placeText(dump: Dump, { role, goroutine, code, stack, row }: DeadlockPlace): string {
  const [frame] = stackOf(dump, stack).frames;
  return `${role} ${goroutine ?? "-"} ${frame?.function}@${frame?.file}:${frame?.line} ${code} row ${row}`;
}

/** The reports of a text, each as its kind and its places. */
function reportsOf(bytes: Uint8Array): readonly (readonly string[])[] {
  return readDumps(bytes).dumps.flatMap((dump) =>
    dump.deadlockReports.map(({ kind, places }) => [kind, ...places.map((place) => placeText(dump, place))]),
  );
}

/** How sure a report of two orders is, by what each of the two does with one of the locks. */
const certainties = (first: string, second: string) =>
  analyseBytes(
    bytesOf(
      "POTENTIAL DEADLOCK: Inconsistent locking. saw this ordering in one goroutine:",
      "happened before",
      `till.go:44 till.(*Till).count { t.mu.${first}() } <<<<<`,
      "",
      "happened after",
      "drawer.go:14 till.(*Drawer).sum { d.mu.Lock() } <<<<<",
      "",
      "in another goroutine: happened before",
      "drawer.go:14 till.(*Drawer).sum { d.mu.Lock() } <<<<<",
      "",
      "happened after",
      `till.go:51 till.(*Till).close { t.mu.${second}() } <<<<<`,
      "",
    ),
  ).flatMap(({ findings }) => findings.map(({ certainty }) => certainty));

describe("a report of go-deadlock", () => {
  it.each(["0.3.1", "0.3.9"])("of version %s tells both orders of two locks", (version) => {
    const bytes = fixture(`order-v${version}`);
    const [report] = reportsOf(bytes);
    expect(report?.slice(0, 5)).toEqual([
      "order",
      "held - main.(*ledger).book@main.go:22 l.mu.Lock() row null",
      "wanted - main.(*ledger).book@main.go:24 d.mu.Lock() row null",
      "held - main.(*drawer).close@main.go:30 d.mu.Lock() row null",
      "wanted - main.(*drawer).close@main.go:32 l.mu.Lock() row null",
    ]);
    expect(report?.[5]).toMatch(/^other \d+ main\.\(\*drawer\)\.close@main\.go:30 d\.mu\.Lock\(\) row 0$/);
    const [dump] = readDumps(bytes).dumps;
    expect([dump?.form, dump?.total, dump?.startLine, dump?.notes]).toEqual(["go-deadlock", 1, 0, []]);
  });

  it("is only a suspicion where one of the two locks is read-locked both times", () => {
    expect(certainties("RLock", "RLock")).toEqual(["suspect"]);
    expect(certainties("RLock", "Lock")).toEqual(["strong"]);
    expect(certainties("Lock", "Lock")).toEqual(["strong"]);
  });

  it("tells who takes one lock twice, and who holds others meanwhile", () => {
    const [dump] = readDumps(fixture("others-v0.3.9")).dumps;
    expect(dump?.deadlockReports[0]?.places.map((place) => placeText(dump, place).replace(/ \d+ /, " N "))).toEqual([
      "wanted N main.(*drawer).total@main.go:44 d.mu.RLock() row 0",
      "held N main.(*drawer).count@main.go:38 d.mu.RLock() row null",
      "other N main.main.func5@main.go:70 other := &ledger{} row 1",
    ]);
    const [wanted, held, other] = dump?.deadlockReports[0]?.places ?? [];
    expect([held?.goroutine, held?.lock]).toEqual([wanted?.goroutine, wanted?.lock]);
    expect(other?.lock).not.toBe(wanted?.lock);
    expect(dump?.states).toEqual(["running", "unknown"]);
  });

  it.each(["0.3.1", "0.3.9"])("of version %s leaves what the holder does now to the tracebacks", (version) => {
    const { dumps } = readDumps(fixture(`wait-v${version}`));
    expect(dumps.map(({ form, total }) => [form, total])).toEqual([
      ["go-deadlock", 2],
      ["traceback", 1],
    ]);
    const [report] = dumps[0]?.deadlockReports ?? [];
    expect([report?.kind, report?.waited, report?.places.map(({ role }) => role)]).toEqual([
      "wait",
      "300ms",
      ["held", "wanted"],
    ]);
  });

  it("is followed by all goroutines as a dump of their own, the holder twice", () => {
    const { dumps } = readDumps(fixture("all-v0.3.9"));
    expect(dumps.map(({ form, total }) => [form, total])).toEqual([
      ["go-deadlock", 2],
      ["traceback", 1],
      ["traceback", 4],
    ]);
  });

  it("shows paths of home, absolute ones and those of Windows, and code that it could not read", () => {
    const [report] = reportsOf(
      bytesOf(
        "POTENTIAL DEADLOCK: Recursive locking:",
        "current goroutine 7 lock 0xc000010018",
        "~/src/my till/drawer.go:44 till.(*Drawer).total ??? <<<<<",
        "C:/src/till/drawer.go:39 till.Map[...].count {  }",
        "",
        "Previous place where the lock was grabbed (same goroutine)",
        '../till/drawer.go:38 till.f { if s == "} <<<<<" { mu.Lock() } } <<<<<',
        "",
      ),
    );
    expect(report).toEqual([
      "recursion",
      "wanted 7 till.(*Drawer).total@~/src/my till/drawer.go:44 null row 0",
      'held 7 till.f@../till/drawer.go:38 if s == "} <<<<<" { mu.Lock() } row null',
    ]);
  });

  it("ends where other text begins, and takes no such line elsewhere", () => {
    const text = bytesOf(
      "main.go:22 main.f { a.Lock() }",
      "goroutine 7 lock 0x1",
      "POTENTIAL DEADLOCK:",
      "happened before",
      "main.go:22 main.f { a.Lock() }",
      "",
      "main.go:23 main.g { b.Lock() }",
      "WARNING: this potential deadlock is none",
    );
    expect(reportsOf(text)).toEqual([["wait", "held - main.f@main.go:22 a.Lock() row null"]]);
    expect(readDumps(bytesOf("a POTENTIAL DEADLOCK: or so", "happened before")).dumps).toEqual([]);
  });

  it("is read alike in chunks of any size", () => {
    for (const name of ["order-v0.3.9", "all-v0.3.9"]) {
      const bytes = fixture(name);
      const whole = readDumps(bytes);
      for (const size of [1, 7, 64]) {
        const reader = new DumpReader();
        for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size));
        const inChunks = reader.end();
        expect([contentsOf(inChunks.dumps), placesOf(inChunks)]).toEqual([contentsOf(whole.dumps), placesOf(whole)]);
      }
    }
  });

  // Where each line is cut the title is not known.
  const wrappers = [...PREFIXES, ...LINE_WRAPPERS].filter(({ name }) => !name.endsWith("with cut lines"));
  it.each(wrappers.map((wrapper) => [wrapper.name, wrapper] as const))("is read alike behind %s", (_, wrapper) => {
    for (const name of ["order-v0.3.9", "others-v0.3.9", "wait-v0.3.9"]) {
      const bytes = fixture(name);
      const wrapped = new TextEncoder().encode(wrapper.wrap(new TextDecoder().decode(bytes)));
      expect(contentsOf(readDumps(wrapped).dumps)).toEqual(contentsOf(readDumps(bytes).dumps));
    }
  });

  it("may be cut after any line", () => {
    const lines = new TextDecoder().decode(fixture("others-v0.3.9")).split("\n");
    for (let count = 1; count < lines.length; count++) {
      const { dumps } = readDumps(bytesOf(...lines.slice(0, count)));
      expect(dumps.map(({ form }) => form)).toEqual(["go-deadlock"]);
    }
  });
});

/** What is said of a text by this rule: certainty and message. */
function saidOf(bytes: Uint8Array): readonly string[] {
  return analyseBytes(bytes).flatMap(({ findings }) =>
    findings
      .filter(({ rule }) => rule === "potential-deadlock")
      .map(({ certainty, title, message }) => `${certainty}: ${english(title)}: ${english(message)}`),
  );
}

function recursion(first: string, second: string): Uint8Array {
  return bytesOf(
    "POTENTIAL DEADLOCK: Recursive locking:",
    "current goroutine 7 lock 0xc000010018",
    `till.go:44 till.total { ${second} } <<<<<`,
    "",
    "Previous place where the lock was grabbed (same goroutine)",
    `till.go:38 till.count { ${first} } <<<<<`,
    "",
  );
}

describe("the finding of a report of go-deadlock", () => {
  it("names all four places of two orders", () => {
    const [said] = saidOf(fixture("order-v0.3.9"));
    expect(said).toMatch(/^strong: Locks taken in both orders: main\.go:32: /);
    for (const place of ["main.go:22", "main.go:24", "main.go:30", "main.go:32"]) expect(said).toContain(place);
  });

  it("is strong where a goroutine waits for a lock of its own, and a suspicion where both may be read locks", () => {
    expect(saidOf(recursion("mu.Lock()", "mu.Lock()"))[0]).toMatch(/^strong: Lock taken twice.*waits for itself/);
    expect(saidOf(recursion("mu.RLock()", "mu.Lock()"))[0]).toMatch(/^strong: .*waits for itself/);
    expect(saidOf(recursion("mu.RLock()", "mu.RLock()"))[0]).toMatch(/^suspect: .*until a writer waits/);
    expect(saidOf(recursion("locked(mu, func() {", "f()"))[0]).toMatch(/^suspect: /);
    expect(saidOf(fixture("recursive-v0.3.9"))).toHaveLength(1);
  });

  it("of a long wait is a suspicion, with the time and both goroutines", () => {
    const [said] = saidOf(fixture("wait-v0.3.9"));
    expect(said).toMatch(/^suspect: Lock waited for too long: .*For more than 300ms, goroutine \d+ has waited in main/);
    expect(said).toMatch(/for a lock that goroutine \d+ has held since main\.main\.func7 at main\.go:75/);
  });

  it.each([
    ["an order", "order-v0.3.9", 15],
    ["a recursion", "recursive-v0.3.9", 7],
    ["a wait", "wait-v0.3.9", 5],
  ])("is not made of %s that is cut before it is told", (_, name, lines) => {
    const text = new TextDecoder().decode(fixture(name));
    expect(saidOf(bytesOf(...text.split("\n").slice(0, lines)))).toEqual([]);
  });
});
