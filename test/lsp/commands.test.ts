import { readFileSync } from "node:fs";
import { ExecuteCommandRequest } from "vscode-languageserver/node";
import { afterEach, describe, expect, it } from "vitest";
import { DumpReader } from "../../server/src/core/read/dumpReader.ts";
import { connectPair, type Pair, type PairOptions } from "../support/connectionPair.ts";

const URI = "file:///work/app.dump";
const LEAK = readFileSync("test/fixtures/corpus/leak/leak-go1.27.debug2.txt", "utf8");
const TEXTS = ["goroutineDump.groupList", "goroutineDump.condensedText"];

let pair: Pair;
afterEach(() => pair.dispose());

/** A server with the leak open, which makes pages as `reportPage` says. */
async function open(options: PairOptions = {}): Promise<void> {
  const platform = { reportPage: (data: unknown) => Promise.resolve(`<html>${JSON.stringify(data)}`) };
  pair = await connectPair({ platform, ...options });
  await pair.open(URI, LEAK);
}

const execute = (command: string, ...args: readonly unknown[]): Promise<string> =>
  pair.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [...args] });

describe("workspace/executeCommand", () => {
  it("is announced with the commands that there are, and not to a client with views of its own", async () => {
    await open();
    const { capabilities } = pair.initialized;
    expect(capabilities.executeCommandProvider?.commands).toEqual([...TEXTS, "goroutineDump.htmlReport"]);
    await pair.dispose();
    await open({ platform: {} });
    expect(pair.initialized.capabilities.executeCommandProvider?.commands).toEqual(TEXTS);
    await pair.dispose();
    await open({ params: { initializationOptions: { reportCommand: "report" } } });
    expect(pair.initialized.capabilities.executeCommandProvider).toBe(undefined);
  });

  it("lists the groups a line each, with the line of the dump where each begins", async () => {
    await open();
    const lines = (await execute("goroutineDump.groupList", URI)).trimEnd().split("\n");
    expect(lines[0]).toBe("app.dump: 403 goroutines");
    const [, line] = /^app\.dump:(\d+): 400 × ws\.\(\*Hub\)\.deliver \[chan send/.exec(lines[1] ?? "") ?? [];
    expect(LEAK.split("\n")[Number(line) - 1]).toMatch(/^goroutine \d+ \[chan send/);
    expect(await execute("goroutineDump.groupList", URI, "state:running")).toMatch(/^app\.dump: 1 goroutine\n.*\n$/);
  });

  it("condenses the document into a dump of as many goroutines", async () => {
    await open();
    const text = await execute("goroutineDump.condensedText", URI);
    expect(text.length).toBeLessThan(LEAK.length / 10);
    const reader = new DumpReader();
    reader.push(new TextEncoder().encode(text));
    expect(reader.end().dumps.map(({ total }) => total)).toEqual([403]);
  });

  it("gives the report as one page", async () => {
    await open();
    const page = await execute("goroutineDump.htmlReport", URI, "state:running");
    expect(page).toMatch(/^<html>/);
    expect(JSON.parse(page.slice("<html>".length))).toMatchObject({
      dumps: [{ name: "app.dump", page: { total: 403, shown: 1 } }],
      growth: null,
    });
  });

  it("says that a document holds no goroutines", async () => {
    await open();
    await pair.open("file:///work/passed.txt", "ok\n");
    for (const command of [...TEXTS, "goroutineDump.htmlReport"]) {
      await expect(execute(command, "file:///work/passed.txt")).rejects.toThrow("This document holds no goroutines.");
    }
  });

  it("refuses a filter for the condensed text, which would be a dump of some goroutines", async () => {
    await open();
    const condensed = execute("goroutineDump.condensedText", URI, "state:running");
    await expect(condensed).rejects.toThrow("The condensed text is of all goroutines: it takes no filter.");
    expect(await execute("goroutineDump.condensedText", URI, "")).toContain("more goroutines with this stack");
  });

  it("says what is wrong with a command, a document and a filter", async () => {
    await open();
    await expect(execute("goroutineDump.nothing", URI)).rejects.toThrow("There is no such command.");
    await expect(execute("goroutineDump.groupList", "file:///other")).rejects.toThrow("The dump is not open.");
    await expect(execute("goroutineDump.groupList")).rejects.toThrow("The dump is not open.");
    await expect(execute("goroutineDump.groupList", URI, "wait:>soon")).rejects.toThrow("wants a number");
  });
});
