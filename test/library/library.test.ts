import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { analyze, type Goroutine, parse } from "../../server/src/library/core.ts";
import { fixture } from "../support/openText.ts";
import { corpusBytes } from "../support/corpus.ts";

const okx = fixture("workspaces/okx/deadlock.dump");

describe("analyze", () => {
  it("gives the report on a text, on its bytes, on pieces of them, and packed", async () => {
    const bytes = new TextEncoder().encode(okx);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, index) =>
      bytes.subarray(index * 100, index * 100 + 100),
    );
    const ofText = await analyze([{ name: "a.dump", content: okx }]);

    expect(ofText).toMatchObject({ version: 1, dumps: [{ file: "a.dump", goroutines: 12 }], comparison: null });
    // The lock's holder is found by arguments, which are read again.
    expect(ofText.dumps[0]?.findings).toMatchObject([{ rule: "lock-held-while-blocked", certainty: "strong" }]);
    expect(ofText.dumps[0]?.groups).toHaveLength(9);
    for (const content of [bytes, pieces, new Uint8Array(gzipSync(bytes))]) {
      expect(await analyze([{ name: "a.dump", content }])).toEqual(ofText);
    }
  });

  it("compares a series in the order of time, and says what grows", async () => {
    // Neither text tells when it was taken: the names do.
    const series = ["t2.debug2.txt.gz", "t0.debug1.txt"].map((end) => ({
      name: `dump-20260101-00000${end[1]}.txt`,
      content: corpusBytes(`leak/growth-go1.24-${end}`),
    }));
    const { comparison, dumps } = await analyze(series, { series: true });

    expect(dumps.map(({ file }) => file)).toEqual(["dump-20260101-000000.txt", "dump-20260101-000002.txt"]);
    expect(comparison?.groups[0]).toMatchObject({ change: "grown", counts: [1500, 5000] });
    expect(dumps.at(-1)?.findings.some(({ rule }) => rule === "growing")).toBe(true);
  });

  it("takes a filter and all ids, and refuses a filter that cannot be read", async () => {
    const files = [{ name: "a.dump", content: okx }];
    expect((await analyze(files, { filter: "func:nothing" })).dumps[0]?.groups).toEqual([]);
    const [dump] = (
      await analyze([{ name: "x", content: corpusBytes("leak/leak-go1.27.debug2.txt") }], { allIds: true })
    ).dumps;
    expect(dump?.groups[0]?.goroutineIds).toHaveLength(dump?.groups[0]?.count ?? 0);
    await expect(analyze(files, { filter: "wait:x" })).rejects.toThrow(SyntaxError);
  });

  it("says what it cannot read", async () => {
    const said: string[] = [];
    const warn = (sentence: string) => void said.push(sentence);
    expect(await analyze([{ name: "a.txt", content: "nothing here" }], { warn })).toEqual({
      version: 1,
      dumps: [],
      comparison: null,
    });
    expect(said).toEqual(["a.txt holds no goroutines."]);
  });
});

const goroutinesOf = (content: string | Uint8Array): readonly Goroutine[] => [
  ...(parse(content).dumps[0]?.goroutines() ?? []),
];

describe("parse", () => {
  it("gives every goroutine as it is printed", () => {
    const text = `goroutine 7 [chan send, 5 minutes] {"k": "v"}:
main.work(0x1)
\t/src/main.go:12 +0x1d
created by main.main in goroutine 1
\t/src/main.go:3 +0x1

goroutine 8 [running]:
main.main()
\t/src/main.go:4 +0x1
`;
    expect(goroutinesOf(text)).toEqual([
      {
        id: 7,
        count: 1,
        state: "chan send",
        waitMinutes: 5,
        line: 1,
        frames: [{ function: "main.work", file: "/src/main.go", line: 12 }],
        createdBy: { function: "main.main", file: "/src/main.go", line: 3 },
        creator: 1,
        labels: { k: "v" },
      },
      expect.objectContaining({ id: 8, waitMinutes: null, line: 7, createdBy: null, creator: null, labels: {} }),
    ]);
  });

  it("counts where a form counts", () => {
    const bytes = corpusBytes("leak/growth-go1.24-t1.pb.gz");
    const [dump] = parse(bytes).dumps;
    const goroutines = goroutinesOf(bytes);
    expect(goroutines.every(({ id }) => id === null)).toBe(true);
    expect(goroutines.reduce((sum, { count }) => sum + count, 0)).toBe(dump?.total);
    expect(dump).toMatchObject({ form: "profile-proto", total: expect.any(Number) });
  });

  it("gives notes of what is none, and never throws", () => {
    expect(parse("")).toEqual({ dumps: [], notes: [] });
    expect(parse(new Uint8Array([0x1f, 0x8b, 1, 2, 3])).notes).not.toEqual([]);
  });
});
