import { describe, expect, it } from "vitest";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { at } from "../../../server/src/core/model/column.ts";
import { writeCondensed } from "../../../server/src/core/condensed/writeCondensed.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { frameOf, stackOf } from "../../../server/src/core/model/stack.ts";
import { isStandardLibrary } from "../../../server/src/core/names/standardLibrary.ts";
import { DumpReader } from "../../../server/src/core/read/dumpReader.ts";
import { RecordedLines } from "../../../server/src/core/redact/recordedLines.ts";
import { redacted } from "../../../server/src/core/redact/redact.ts";
import { AnyReader, readAny } from "../../../server/src/formats/anyReader.ts";
import { type Analysed, analyseBytes } from "../../support/analyse.ts";

function redact(bytes: Uint8Array, privatePaths: readonly string[] = []): string {
  const lines = new RecordedLines();
  const reader = new AnyReader({ text: () => new DumpReader("", lines) });
  reader.push(bytes);
  return [...redacted(reader.end().dumps, lines, { privatePaths })].join("");
}

const encode = (text: string) => new TextEncoder().encode(text);

/** What has to stay: how many goroutines stand where and in what state, and what the rules say of them. */
function gist({ dump, findings }: Analysed): unknown {
  const groups = groupGoroutines(dump, { byLabels: true }).groups.map(({ stack, state, count, wait }) => {
    const { frames, createdBy } = stackOf(dump, stack);
    const calls = frames.map((frame) => `${frame.function}:${frame.line}`);
    return { state, count, wait, calls, creator: createdBy && `${createdBy.function}:${createdBy.line}` };
  });
  const said = findings.map(({ rule, certainty, count }) => `${rule} ${certainty} ${count}`);
  return { total: dump.total, groups, said: said.sort() };
}

/** A profile in protobuf becomes one in text, which has less to go by when it comes to states. */
function hasNoText(bytes: Uint8Array): boolean {
  return readAny(bytes).dumps.some(({ form }) => form === "profile-proto");
}

/** What must not be left of a dump. */
function secrets({ goroutines, files, labelSets, ...dump }: Dump): Set<string> {
  const found = new Set<string>();
  const standard = new Set<string>();
  for (let id = 0; id < dump.frames.line.length; id++) {
    const { function: name, file } = frameOf({ goroutines, files, labelSets, ...dump }, id);
    if (file !== null && isStandardLibrary(name, file)) standard.add(file);
  }
  for (let row = 0; row < goroutines.length; row++) {
    const id = at(goroutines.id, row);
    if (id > 1) found.add(`${id}`);
  }
  for (const file of files) if (!standard.has(file) && /[\\/]/.test(file)) found.add(file);
  for (const set of labelSets) for (const [, value] of set) if (value !== "") found.add(JSON.stringify(value));
  return found;
}

const fixtures = new URL("../../fixtures/", import.meta.url);
const names = ["corpus", "field", "shapes", "tools", "workspaces/okx"].flatMap((folder) =>
  readdirSync(new URL(folder, fixtures), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:txt|log|gz|dump|jsonl?|pb|html|out|md)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(fixtures.pathname.length)),
);

describe("every dump of the fixtures, redacted", () => {
  it.each(names)("%s reads the same, and gives nothing away", (name) => {
    const packed = readFileSync(new URL(name, fixtures));
    const bytes = packed[0] === 0x1f && packed[1] === 0x8b ? new Uint8Array(gunzipSync(packed)) : packed;
    const before = analyseBytes(hasNoText(bytes) ? encode(writeCondensed(readAny(bytes).dumps)) : bytes);
    const text = redact(bytes);
    const after = analyseBytes(encode(text));
    expect({ name, dumps: after.map(gist) }).toEqual({ name, dumps: before.map(gist) });
    const ids = new Set(Array.from(text.matchAll(/goroutine (\d+)/gi), ([, id]) => id));
    const left = before.flatMap(({ dump }) =>
      [...secrets(dump)].filter((secret) => (/^\d+$/.test(secret) ? ids.has(secret) : text.includes(secret))),
    );
    expect({ name, left: left.slice(0, 5) }).toEqual({ name, left: [] });
  });
});
