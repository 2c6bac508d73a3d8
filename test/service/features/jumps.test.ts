import { describe, expect, test } from "vitest";
import { goFile } from "../../support/locatorBench.ts";
import { marked } from "../../support/marks.ts";
import { dumpUri, noToken } from "../../support/openText.ts";
import { dumpDocument, serviceBench } from "../../support/serviceBench.ts";

const DUMP = `goroutine 1 [select, 9 minutes]:
main.main()
	/build/app/main.go:10 +0x1

«goroutine 7 [chan send]»:
example.com/app.(*Pool).Run(0xc000010000)
	«/build/app/po|>ol.go:4» +0x1
created by main.main in goroutine «|>1»
	/build/app/main.go:8 +0x1

«goroutine 8 [chan send]»:
example.com/app.(*Po|>ol).Run(0xc00|>0010000)
	/build/app/pool.go:4 +0x1
created by ma|>in.main in goroutine |>9
	/build/app/main.go:8 +0x1
`;
const FILES = { "/ws/go.mod": "module example.com/app", "/ws/pool.go": goFile("app", "(p *Pool) Run()") };
const { text, ranges, cursors } = marked(DUMP);

function linesOf(locations: readonly { readonly range: { readonly start: { readonly line: number } } }[]): number[] {
  return locations.map(({ range }) => range.start.line);
}

describe("a definition", () => {
  test("of a frame is its line in the source, and marks the place that was clicked", async () => {
    const { service } = serviceBench({ files: FILES });
    const [link] = await service.definition(dumpDocument(text), cursors[0]!, noToken);
    expect(link?.targetUri).toBe("file:///ws/pool.go");
    expect(link?.targetSelectionRange.start).toEqual({ line: 3, character: 0 });
    expect(link?.originSelectionRange).toEqual(ranges[1]);
  });

  test("of a creator's id is that goroutine's header", async () => {
    const { service } = serviceBench();
    const [link] = await service.definition(dumpDocument(text), cursors[1]!, noToken);
    expect(link).toMatchObject({ targetUri: dumpUri, targetSelectionRange: { start: { line: 0 }, end: { line: 0 } } });
    expect(link?.originSelectionRange).toEqual(ranges[2]);
  });

  test("of an id that is not in the dump, and of a frame that is not found, is nothing", async () => {
    const { service } = serviceBench();
    expect(await service.definition(dumpDocument(text), cursors[5]!, noToken)).toEqual([]);
    expect(await service.definition(dumpDocument(text), cursors[0]!, noToken)).toEqual([]);
  });

  test("of a path that leads out of the workspace touches no file there", async () => {
    const { service, files } = serviceBench({ files: { "/etc/passwd": "root", "/ws/a.go": "package a" } });
    const evil = "goroutine 1 [running]:\nmain.main()\n\t/etc/passwd:1 +0x1\nmain.f()\n\t../../etc/passwd:1 +0x1\n";
    expect(await service.definition(dumpDocument(evil), { line: 2, character: 4 }, noToken)).toEqual([]);
    expect(await service.definition(dumpDocument(evil), { line: 4, character: 4 }, noToken)).toEqual([]);
    expect(files.calls.filter((uri) => !uri.startsWith("file:///ws"))).toEqual([]);
  });
});

describe("references", () => {
  const { service } = serviceBench();
  const find = (cursor: number) => service.references(dumpDocument(text), cursors[cursor]!, noToken);

  test("of a frame are the goroutines that have it", async () => expect(linesOf(await find(2))).toEqual([5, 11]));
  test("of an address are all its places", async () => expect(linesOf(await find(3))).toEqual([5, 11]));
  test("of a created by are the goroutines created there", async () => expect(linesOf(await find(4))).toEqual([7, 13]));
  test("of an id are the goroutines it created", async () => expect(linesOf(await find(1))).toEqual([4]));

  test("of a header are the goroutines of its group", async () => {
    expect(linesOf(await service.references(dumpDocument(text), { line: 4, character: 3 }, noToken))).toEqual([4, 10]);
  });

  test("are the first thousand, and the log says so", async () => {
    const bench = serviceBench();
    const many = Array.from(
      { length: 1200 },
      (_, id) => `goroutine ${id} [select]:\nmain.f(0xc000010000)\n\t/a.go:3 +0x1\n`,
    );
    const found = await bench.service.references(dumpDocument(many.join("\n")), { line: 1, character: 2 }, noToken);
    expect(found).toHaveLength(1000);
    expect(bench.warnings).toEqual([expect.stringContaining("more than 1000")]);
  });
});

describe("links", () => {
  test("are the places of frames, and lead where their source is", async () => {
    const { service } = serviceBench({ files: FILES });
    const document = dumpDocument(text);
    const links = await service.documentLinks(document, noToken);
    expect(linesOf(links)).toEqual([2, 6, 8, 12, 14]);
    expect(links[1]?.range).toEqual(ranges[1]);
    expect(links[1]?.target).toBeUndefined();
    const resolved = await service.resolveDocumentLink(document, links[1]!, noToken);
    expect(resolved.target).toBe("file:///ws/pool.go#L4");
  });

  test("without a source, or with data of somebody else, stay without a target", async () => {
    const { service } = serviceBench();
    const document = dumpDocument(text);
    const [link] = await service.documentLinks(document, noToken);
    for (const data of [
      link?.data,
      undefined,
      7,
      { uri: 1 },
      { uri: dumpUri, frame: null },
      { uri: dumpUri, frame: {} },
    ]) {
      expect(await service.resolveDocumentLink(document, { ...link!, data }, noToken)).not.toHaveProperty("target");
    }
  });

  test("are no more than the setting says", async () => {
    const { service } = serviceBench({ settings: { outlineLimit: 2 } });
    expect(await service.documentLinks(dumpDocument(text), noToken)).toHaveLength(2);
  });
});

const HEALTHY = "goroutine 1 [running]:\nmain.main()\n\t/a/main.go:5 +0x1\n";
const NIL_CHANNEL = `${HEALTHY}
goroutine 7 [chan receive (nil chan)]:
main.f()
\t/a/main.go:9 +0x1
`;

const findingFrom = (line: number, direction: "here" | "next" | "previous", filter = "") =>
  serviceBench().service.findingAt(
    dumpDocument(`${NIL_CHANNEL}\n${NIL_CHANNEL.replaceAll("goroutine 7", "goroutine 8").slice(HEALTHY.length)}`),
    { line, character: 0 },
    direction,
    { groupBy: "stack", sortBy: "interest", filter },
    noToken,
  );

describe("the finding next to a line", () => {
  test("is found around the end, with its node in the tree", async () => {
    const next = await findingFrom(0, "next");
    expect(next?.place.range.start.line).toBe(4);
    expect(next?.path.map(({ kind }) => kind)).toEqual(["findings", "finding"]);
    expect((await findingFrom(20, "next"))?.place.range.start.line).toBe(4);
    expect((await findingFrom(4, "here"))?.place.range.start.line).toBe(4);
    expect(await findingFrom(5, "here")).toBeNull();
    expect((await findingFrom(2, "previous"))?.place.range.start.line).toBe(4);
  });

  test("has no node where the filter hides it", async () => {
    expect(await findingFrom(0, "next", "func:nothing")).toMatchObject({ path: [] });
  });
});

describe("code lenses", () => {
  test("tell above the first goroutine of a group how many share its stack, and show it in the tree", async () => {
    const { service } = serviceBench({ client: { revealCommand: "show" } });
    const [, lens, ...others] = await service.codeLenses(dumpDocument(text), noToken);
    expect(others).toEqual([]);
    expect(lens?.range.start.line).toBe(4);
    expect(lens?.command).toMatchObject({
      title: "2 goroutines share this stack",
      command: "show",
      arguments: [{ uri: dumpUri }],
    });
  });

  test("tell above the first line what is wrong, and lead to the finding, the tree and the report", async () => {
    const client = { findingCommand: "find", viewCommand: "view", reportCommand: "report" };
    const { service } = serviceBench({ client });
    const lenses = await service.codeLenses(dumpDocument(NIL_CHANNEL), noToken);
    expect(lenses.slice(0, 3).map(({ range, command }) => [range.start.line, command])).toEqual([
      [
        0,
        {
          title: "2 goroutines · findings: 1 proven · Receive from a nil channel: main.go:9",
          command: "find",
          arguments: [{ uri: dumpUri, range: { start: { line: 4, character: 0 }, end: expect.anything() } }],
        },
      ],
      [0, { title: "Show Goroutines", command: "view" }],
      [0, { title: "Open Report", command: "report", arguments: [dumpUri] }],
    ]);
  });

  test("say of a healthy dump that nothing looks wrong, also where the client has no commands", async () => {
    const { service } = serviceBench();
    const [lens, ...others] = await service.codeLenses(dumpDocument(HEALTHY), noToken);
    expect(lens?.command).toEqual({ title: "1 goroutine · nothing looks wrong", command: "" });
    expect(others).toEqual([]);
    expect(await serviceBench().service.codeLenses(dumpDocument("no dump"), noToken)).toEqual([]);
  });

  test("are off when the setting says so", async () => {
    const { service } = serviceBench({ settings: { codeLens: false } });
    expect(await service.codeLenses(dumpDocument(text), noToken)).toEqual([]);
  });
});

describe("the next goroutine of the group", () => {
  const { service } = serviceBench();
  const from = (line: number, direction: "next" | "previous") =>
    service.sibling(dumpDocument(text), { line, character: 1 }, direction, noToken);

  test("is the other one, around the end", async () => {
    expect((await from(5, "next"))?.range.start.line).toBe(10);
    expect((await from(12, "next"))?.range.start.line).toBe(4);
    expect((await from(4, "previous"))?.range.start.line).toBe(10);
  });

  test("is nothing for a goroutine that is alone, and outside of goroutines", async () => {
    expect(await from(1, "next")).toBeNull();
    expect(await from(3, "next")).toBeNull();
  });
});
