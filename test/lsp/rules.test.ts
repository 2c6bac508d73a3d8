import { readFileSync } from "node:fs";
import {
  type CodeAction,
  CodeActionRequest,
  type Diagnostic,
  DidChangeConfigurationNotification,
  type PublishDiagnosticsParams,
} from "vscode-languageserver/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RULES } from "../../server/src/core/findings/registry.ts";
import type { RuleId } from "../../server/src/core/analysis/ruleId.ts";
import { eventually } from "../support/eventually.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { MemoryFileSystem } from "../support/memoryFileSystem.ts";

const corpus = "test/fixtures/corpus";
const programs = "test/fixtures/programs";

/** A real dump in which each rule finds something. */
const dumps: Partial<Record<RuleId, string>> = {
  panic: `${corpus}/panic/custom-error-go1.23.txt`,
  "fatal-error": `${corpus}/panic/goexit-go1.19.txt`,
  leaked: `${corpus}/goroutineleak/after-go1.27.debug2.txt`,
  "nil-channel": `${corpus}/zoo/zoo-go1.19.debug2.txt`,
  "blocked-forever": `${corpus}/panic/goexit-go1.19.txt`,
  "data-race": `${corpus}/race/tally-go1.19.txt`,
  "potential-deadlock": "test/fixtures/tools/go-deadlock/recursive-v0.3.9.txt",
  "deadlock-cycle": `${corpus}/deadlock/abba-go1.22.debug2.txt`,
  "self-deadlock": `${corpus}/deadlock/relay-self-go1.23.debug2.txt`,
  "lock-upgrade": `${corpus}/deadlock/relay-upgrade-go1.21.debug2.txt`,
  "recursive-read-lock": `${programs}/recursive-read/dump.txt`,
  "lock-held-while-blocked": `${corpus}/deadlock/rwlock-holder-go1.19.debug2.txt`,
  "lock-without-holder": `${corpus}/deadlock/relay-orphan-go1.21.debug2.txt`,
  "pool-starvation": `${programs}/pool-waits-for-itself/dump.txt`,
  leak: `${corpus}/goroutineleak/before-go1.27.debug2.txt`,
};

/** Calls that hang for minutes, which no dump at hand has, while who started them still runs. */
const running = "goroutine 1 [running]:\nexample.com/shop.Start()\n\t/src/shop/fetch.go:31 +0x1d\n\n";
const calls = Array.from(
  { length: 40 },
  (_, index) => `goroutine ${index + 2} [select, 9 minutes]:
net/http.(*persistConn).roundTrip(0xc0000b2000, 0xc0000a8040)
\t/usr/local/go/src/net/http/transport.go:2644 +0x979
net/http.(*Client).do(0xc000010000)
\t/usr/local/go/src/net/http/client.go:590 +0x1
example.com/shop.Fetch(0xc000010018)
\t/src/shop/fetch.go:12 +0x1d
created by example.com/shop.Start in goroutine 1
\t/src/shop/fetch.go:30 +0x1d
`,
).join("\n");

const dump = "file:///w/a.dump";
const published = new Map<string, readonly Diagnostic[]>();
let pair: Pair;

beforeEach(async () => {
  published.clear();
  pair = await connectPair({
    params: {
      workspaceFolders: [{ uri: "file:///w", name: "w" }],
      capabilities: {
        workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } },
        textDocument: {
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
          publishDiagnostics: { codeDescriptionSupport: true },
        },
      },
    },
    platform: { fileSystem: new MemoryFileSystem() },
    prepare: (client) =>
      client.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
        published.set(params.uri, params.diagnostics);
      }),
  });
});
afterEach(() => pair.dispose());

async function findings(rule: RuleId): Promise<readonly Diagnostic[]> {
  await eventually(() => {
    pair.timers.runAll();
    expect(published.has(dump)).toBe(true);
  });
  return (published.get(dump) ?? []).filter(({ code }) => code === rule);
}

async function setLevel(rule: RuleId, level: string): Promise<readonly Diagnostic[]> {
  published.clear();
  const settings = { goroutineDump: { rules: { [rule]: level } } };
  await pair.client.sendNotification(DidChangeConfigurationNotification.type, { settings });
  return findings(rule);
}

describe("each rule, over the protocol", () => {
  it.each(RULES.map(({ id }) => id))("%s has its level, is switched off, and offers its quick fixes", async (rule) => {
    const file = dumps[rule];
    await pair.open(dump, file === undefined ? running + calls : readFileSync(file, "utf8"));
    const [found] = await findings(rule);
    expect(found?.codeDescription?.href).toContain(`docs/rules/${rule}.md`);

    const actions: readonly CodeAction[] = ((await pair.client.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: dump },
      range: found!.range,
      context: { diagnostics: [found!] },
    })) ?? []) as CodeAction[];
    const fixes = actions.filter(({ title }) => title.startsWith("Expected: ignore"));
    // A data race is never meant to be so, and its goroutines are not those of a dump.
    expect(fixes.length > 0).toBe(rule !== "data-race");

    expect((await setLevel(rule, "hint")).map(({ severity }) => severity)).toContain(4);
    expect(await setLevel(rule, "off")).toEqual([]);
  });
});
