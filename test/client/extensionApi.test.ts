import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExtensionContext } from "vscode";
import type { GoroutineDumpApi, GoroutineDumpExtension } from "../../client/src/api.ts";
import { activateExtension } from "../../client/src/extension.ts";
import type { ReportParams } from "../../server/src/protocol/index.ts";
import { fakeClient, type FakeClient } from "../support/fakeClient.ts";
import { fakeContext } from "../support/fakeContext.ts";
import { noToken } from "../support/openText.ts";
import { dumpDocument, serviceBench } from "../support/serviceBench.ts";
import { editor, Uri } from "../support/vscode/index.ts";

const dump = Uri.parse("file:///w/app.dump");
const text = `goroutine 1 [running]:
main.main()
\t/src/main.go:4 +0x1

goroutine 7 [chan send (nil chan), 5 minutes]:
example.com/app/work.Do(0x1)
\t/src/work/work.go:12 +0x1d
created by main.main in goroutine 1
\t/src/main.go:3 +0x1
`;

let server: FakeClient;
let context: ExtensionContext;
let extension: GoroutineDumpExtension;
let api: GoroutineDumpApi;

beforeEach(() => {
  editor.reset();
  server = fakeClient();
  const { service } = serviceBench();
  // The real service answers, of a text that is open.
  server.answers.set("goroutineDump/report", ({ uri, index, filter }: ReportParams) =>
    uri === String(dump) ? service.report(dumpDocument(text), index, filter, noToken) : null,
  );
  context = fakeContext();
  extension = activateExtension(context, () => server.client);
  api = extension.getApi(1);
});

afterEach(() => {
  for (const each of context.subscriptions.splice(0)) each.dispose();
});

describe("what other extensions get", () => {
  it("has versions, and refuses one that it does not know", () => {
    expect(api.version).toBe(1);
    expect(() => extension.getApi(2 as 1)).toThrow(RangeError);
  });

  it("gives findings and groups of an open dump, with their frames", async () => {
    const work = { function: "example.com/app/work.Do", file: "/src/work/work.go", line: 12 };

    expect(await api.getDump(dump)).toMatchObject({
      index: 0,
      dumps: 1,
      form: "traceback",
      total: 2,
      shown: 2,
      findings: { items: [{ rule: "nil-channel", certainty: "proven", count: 1, frame: work, line: 5 }], more: 0 },
      groups: {
        items: expect.arrayContaining([
          expect.objectContaining({
            title: "work.Do",
            count: 1,
            state: "chan send (nil chan)",
            waitMinutes: { min: 5, max: 5 },
            frames: [work],
            createdBy: { function: "main.main", file: "/src/main.go", line: 3 },
            finding: 0,
          }),
          expect.objectContaining({ title: "main.main", createdBy: null, finding: null }),
        ]),
        more: 0,
      },
    });
  });

  it("gives nothing of what is not open, or of a dump that is not there", async () => {
    expect(await api.getDump(Uri.parse("file:///w/other.dump"))).toBeUndefined();
    expect(await api.getDump(dump, { index: 1 })).toBeUndefined();
  });

  it("takes a filter, and refuses one that cannot be read", async () => {
    const filtered = await api.getDump(dump, { filter: "func:main.main" });
    expect(filtered).toMatchObject({ total: 2, shown: 1, findings: { items: [] } });
    await expect(api.getDump(dump, { filter: "wait:x" })).rejects.toThrow(SyntaxError);
  });

  it("opens a text as a dump", async () => {
    const document = await api.openText(text);
    expect(document).toMatchObject({ languageId: "goroutine-dump", lines: text.split("\n") });
  });

  it("tells when a document was read anew", () => {
    const told: string[] = [];
    context.subscriptions.push(api.onDidChangeDump((uri) => void told.push(uri.toString())));
    server.send("goroutineDump/dumpChanged", { uri: String(dump) });
    expect(told).toEqual(["file:///w/app.dump"]);
  });
});
