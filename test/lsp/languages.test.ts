import { afterEach, describe, expect, it } from "vitest";
import { RULES } from "../../server/src/core/findings/registry.ts";
import type { ReportResult, TreeNode, TreeResult } from "../../server/src/protocol/index.ts";
import { speak } from "../../server/src/service/base/words.ts";
import { connectPair, type Pair } from "../support/connectionPair.ts";
import { fixture } from "../support/openText.ts";
import { English, pseudoBundle } from "../support/pseudoLanguage.ts";

const uri = "file:///w/a.dump";
let pair: Pair | undefined;

afterEach(async () => {
  await pair?.dispose();
  pair = undefined;
  // The language is the process's own, and other tests are English.
  speak(new Map());
});

/** Words of the protocol. */
const notShown = "plaintext none";

/** All that a client can be told of a document: tree, hovers, problems, lenses, report. */
async function everythingAbout({ client }: Pair, text: string): Promise<string[]> {
  const shape = { uri, groupBy: "stack", sortBy: "interest", filter: "" };
  const answers: unknown[] = [];
  const look = async (parent: string | null, depth: number): Promise<void> => {
    const { nodes } = await client.sendRequest<TreeResult>("goroutineDump/tree", { ...shape, parent });
    answers.push(nodes.map(({ label, description, tooltip }: TreeNode) => [label, description, tooltip]));
    for (const node of nodes.slice(0, 8)) if (depth > 0 && node.hasChildren) await look(node.id, depth - 1);
  };
  await look(null, 4);
  const textDocument = { uri };
  const lines = text.split("\n");
  for (let line = 0; line < lines.length; line += Math.ceil(lines.length / 60)) {
    answers.push(await client.sendRequest("textDocument/hover", { textDocument, position: { line, character: 4 } }));
  }
  const lenses = await client.sendRequest<{ command?: { title: string } }[]>("textDocument/codeLens", { textDocument });
  answers.push(lenses.map(({ command }) => command?.title));
  const { items } = await client.sendRequest<{ items: { message: string }[] }>("textDocument/diagnostic", {
    textDocument,
  });
  answers.push(items.map(({ message }) => message));
  const report = await client.sendRequest<ReportResult>("goroutineDump/report", { uri, index: 0, filter: "" });
  if (report !== null) {
    const { findings, notes } = report;
    answers.push(
      findings.items.map(({ title, message, evidence }) => [title, message, evidence]),
      notes.items,
    );
  }
  answers.push(await client.sendRequest("goroutineDump/blockedOn", { uri, position: { line: 0, character: 0 } }));
  return stringsOf(answers);
}

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

/** What a server has of languages itself. */
const comingWith = (locale: string): Record<string, string> =>
  locale === "zh-cn" ? { "This document holds no goroutines.": "没有" } : {};

describe("a client in another language", () => {
  it.each([
    "field/okx-deadlock.dump",
    "corpus/leak/leak-go1.27.debug2.txt",
    "corpus/panic/nil-map-go1.27.txt",
    "corpus/test/test-timeout-go1.27.txt",
    "corpus/race/tally-go1.27.txt",
  ])("reads nothing in English but what the dump says: %s", async (file) => {
    const text = fixture(file);
    const capabilities = { textDocument: { hover: { contentFormat: ["plaintext" as const] }, diagnostic: {} } };
    pair = await connectPair({ params: { capabilities, initializationOptions: { translations: pseudoBundle() } } });
    await pair.open(uri, text);
    const said = await everythingAbout(pair, text);

    expect(said.length).toBeGreaterThan(30);
    expect(new English(`${text} ${notShown} ${RULES.map(({ id }) => id).join(" ")}`).in(said)).toEqual([]);
  });

  it("is spoken to in the language of its locale, where its editor brings no words", async () => {
    pair = await connectPair({ params: { locale: "zh-CN" }, platform: { translations: comingWith } });
    await pair.open(uri, "no dump");
    const shape = { uri, parent: null, groupBy: "stack", sortBy: "count", filter: "" };

    expect(await pair.client.sendRequest("goroutineDump/tree", shape)).toMatchObject({ message: "没有" });
  });
});
