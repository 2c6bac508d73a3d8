import { DiagnosticSeverity } from "vscode-languageserver-types";
import { describe, expect, test } from "vitest";
import { goFile } from "../../support/locatorBench.ts";
import { noToken } from "../../support/openText.ts";
import { dumpDocument, serviceBench, type ServiceOptions } from "../../support/serviceBench.ts";

const DUMP = `panic: boom

goroutine 1 [running]:
main.main()
	/build/app/main.go:10 +0x1

goroutine 7 [chan receive (nil chan)]:
example.com/app.work()
	/build/app/work.go:4 +0x1
created by example.com/app.start
	/build/app/start.go:2 +0x1
`;
const FILES = { "/ws/go.mod": "module example.com/app", "/ws/work.go": goFile("app", "work()") };
const client = { relatedInformation: true, codeDescription: true };

async function diagnose(text: string, options: ServiceOptions = {}) {
  return (await serviceBench(options).service.diagnostics(dumpDocument(text), noToken)) ?? [];
}

function panicDump(id: number): string {
  return `panic: boom ${id}\n\ngoroutine ${id} [running]:\nmain.f${id}()\n\t/a/b.go:${id} +0x1\nexit status 2\n\n`;
}

describe("diagnostics", () => {
  test("are one a finding, with its rule, its page, and the blamed place in the source", async () => {
    const list = await diagnose(DUMP, { client, files: FILES });
    const nil = list.find(({ code }) => code === "nil-channel");
    expect(nil).toMatchObject({
      severity: DiagnosticSeverity.Error,
      source: "goroutine-dump",
      range: { start: { line: 6, character: 0 }, end: { line: 6 } },
      data: { rule: "nil-channel", certainty: "proven", dump: 0, dumpLine: 6 },
    });
    expect(nil?.codeDescription?.href).toMatch(/\/docs\/rules\/nil-channel\.md$/);
    expect(nil?.relatedInformation?.[0]).toMatchObject({
      location: { uri: "file:///ws/work.go", range: { start: { line: 3 } } },
      message: "example.com/app.work",
    });
    expect(list.map(({ code }) => code)).toContain("panic");
  });

  test("leave out what a plain client does not know", async () => {
    for (const diagnostic of await diagnose(DUMP)) {
      expect(diagnostic).not.toHaveProperty("relatedInformation");
      expect(diagnostic).not.toHaveProperty("codeDescription");
    }
  });

  test.each([
    ["hint", DiagnosticSeverity.Hint],
    ["information", DiagnosticSeverity.Information],
    ["warning", DiagnosticSeverity.Warning],
    ["error", DiagnosticSeverity.Error],
    ["default", DiagnosticSeverity.Error],
  ] as const)("of a rule at level %s have that severity", async (level, severity) => {
    const list = await diagnose(DUMP, { settings: { rules: { panic: level } } });
    expect(list.find(({ code }) => code === "panic")?.severity).toBe(severity);
  });

  test("of a rule that is off are none", async () => {
    const list = await diagnose(DUMP, { settings: { rules: { panic: "off" } } });
    expect(list.map(({ code }) => code)).not.toContain("panic");
  });

  test("tell as information what could not be read, unless that is switched off", async () => {
    const cut = "goroutine 1 [running]:\nmain.main()\n\t/a/main.go:3 +0x1\n\ngoroutine 2 [select]:\nmain.f()\n\t/a/ma";
    const list = await diagnose(cut);
    expect(list).toContainEqual(
      expect.objectContaining({ code: "truncated", severity: DiagnosticSeverity.Information }),
    );
    const without = await diagnose(cut, { settings: { diagnostics: { enabled: true, notes: false } } });
    expect(without).toEqual([]);
  });

  test("are all off by one setting", async () => {
    expect(await diagnose(DUMP, { settings: { diagnostics: { enabled: false, notes: true } } })).toEqual([]);
  });

  test("are no more than can be shown, and the last one says how many are left out", async () => {
    const list = await diagnose(Array.from({ length: 700 }, (_, id) => panicDump(id + 1)).join("\n"));
    expect(list).toHaveLength(501);
    expect(list.at(-1)?.message).toMatch(/^\d+ more findings and notes are left out here/);
  });

  test.each([
    ["SQL", "CREATE TABLE t (id int);\n-- goroutine\n"],
    ["JSON", '{"goroutine": "1 [running]:"}\n'],
    ["binary", "\u0000\u0001\ufffd\ufffd"],
    ["nothing", ""],
    ["one long line", "x".repeat(1_000_000)],
  ])("of a file that holds %s are none", async (_, text) => expect(await diagnose(text)).toEqual([]));

  test("of a request that is cancelled are undefined, which is not the same as none", async () => {
    const { service } = serviceBench();
    expect(await service.diagnostics(dumpDocument(DUMP), { isCancellationRequested: true })).toBeUndefined();
  });
});

test("the summary counts findings by certainty", async () => {
  const { service } = serviceBench();
  expect(await service.summary(dumpDocument(DUMP), noToken)).toEqual({
    dumps: 1,
    goroutines: 2,
    groups: 2,
    findings: { proven: 2, strong: 0, suspect: 0 },
    worst: { title: "Panic: boom: main.go:10", place: { uri: "file:///w/test.dump", range: expect.anything() } },
    coverage: { kind: "crash", text: expect.stringMatching(/^Crash: what is not shown proves little/) },
    isDump: true,
  });
  expect(await serviceBench().service.summary(dumpDocument("text"), noToken)).toMatchObject({ isDump: false });
});
