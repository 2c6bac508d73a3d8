import { expect, test } from "vitest";
import { type Position, Range } from "vscode-languageserver-types";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { LanguageService } from "../../server/src/service/languageService.ts";
import { fixture, noToken } from "../support/openText.ts";
import { dumpDocument, serviceBench } from "../support/serviceBench.ts";

const TREE = { groupBy: "tree", sortBy: "interest", filter: "" } as const;

/** Asks everything there is to ask of a document, at some of its places; gives all answers. */
async function askAll(service: LanguageService, document: TextDocument, places: number): Promise<unknown[]> {
  const answers: unknown[] = [
    await service.documentSymbols(document, noToken),
    await service.codeLenses(document, noToken),
    await service.documentLinks(document, noToken),
    await service.diagnostics(document, noToken),
  ];
  await service.foldingRanges(document, noToken);
  const range = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
  answers.push(await service.inlayHints(document, range, noToken));
  const { nodes } = await service.tree(document, null, TREE, noToken);
  for (const { id } of nodes) {
    answers.push(
      await service.tree(document, id, TREE, noToken),
      await service.nodeText(document, id, "dump", TREE, noToken),
    );
  }
  const { length } = document.getText();
  for (let step = 0; step < places; step++) {
    answers.push(await askAt(service, document, document.positionAt(Math.floor((length * step) / places))));
  }
  return answers;
}

async function askAt(service: LanguageService, document: TextDocument, position: Position): Promise<unknown[]> {
  return [
    await service.hover(document, position, noToken),
    await service.definition(document, position, noToken),
    await service.references(document, position, noToken),
    await service.documentHighlights(document, position, noToken),
    await service.nodePath(document, position, "place", TREE, noToken),
    await service.sibling(document, position, "next", noToken),
  ];
}

/** The ranges in an answer that are not those of the document. */
function wrongRanges(document: TextDocument, answer: unknown): unknown[] {
  if (typeof answer !== "object" || answer === null) return [];
  if (!Range.is(answer)) return Object.values(answer).flatMap((part) => wrongRanges(document, part));
  const isPlace = (position: Position) => {
    const back = document.positionAt(document.offsetAt(position));
    return back.line === position.line && back.character === position.character;
  };
  const isInOrder = document.offsetAt(answer.start) <= document.offsetAt(answer.end);
  return isPlace(answer.start) && isPlace(answer.end) && isInOrder ? [] : [answer];
}

/** Asks everything, and gives what is wrong with the answers. */
async function wrongIn(text: string, places: number): Promise<unknown[]> {
  const document = dumpDocument(text);
  return wrongRanges(document, await askAll(serviceBench().service, document, places));
}

/** A text with something done to it that happens to dumps on their way. */
const MUTATIONS: readonly (readonly [string, (text: string) => string])[] = [
  ["as it is", (text) => text],
  ["cut in the middle of a line", (text) => text.slice(0, text.length * 0.63)],
  ["without its beginning", (text) => text.slice(text.length * 0.37)],
  ["with CRLF", (text) => text.replaceAll("\n", "\r\n")],
  ["with a lone CR for each line end", (text) => text.replaceAll("\n", "\r")],
  ["on one line, escaped", (text) => JSON.stringify(text)],
  ["behind a prefix", (text) => text.replace(/^/gm, "2026-11-21T05:00:00Z app | ")],
  ["with letters of other scripts", (text) => text.replaceAll("main", "größe日本😀")],
  ["with NUL bytes and lone surrogates", (text) => text.replaceAll("0x", "\0\ud800")],
  ["without blanks", (text) => text.replaceAll(" ", "")],
  ["twice, interleaved", (text) => text.replace(/^.*$/gm, "$&\n$&")],
];

const SHAPES = ["race-in-test-log.txt", "slog-json.jsonl", "compose-runtime-stack.log", "debug1-labels.txt"];

test.each(MUTATIONS)("a dump %s is answered for, with places of the document", async (_, mutate) => {
  for (const name of SHAPES) expect(await wrongIn(mutate(fixture(`shapes/${name}`)), 5)).toEqual([]);
  expect(await wrongIn(mutate(fixture("field/okx-deadlock.dump")), 12)).toEqual([]);
});

test("megabytes on one line are answered for", async () => {
  const text = Array.from(
    { length: 3000 },
    (_, id) => `goroutine ${id} [select]:\nmain.f(0x${id})\n\t/a/b.go:3 +0x1\n`,
  );
  expect(await wrongIn(JSON.stringify({ stack: text.join("\n") }), 5)).toEqual([]);
  expect(await wrongIn("x".repeat(1_000_000), 2)).toEqual([]);
});
