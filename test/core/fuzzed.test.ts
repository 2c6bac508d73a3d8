import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AnyReader, readAny } from "../../server/src/formats/anyReader.ts";
import { contentsOf, placesOf } from "../support/readings.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/fuzz");
const FILES = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith(".bin")) : [];

describe("what `npm run fuzz` has found", () => {
  it.each(["none", ...FILES])("stays mended: %s", (file) => {
    const path = join(FOLDER, file);
    const bytes = new Uint8Array(existsSync(path) ? readFileSync(path) : []);
    const reader = new AnyReader();
    for (const byte of bytes) reader.push(Uint8Array.of(byte));
    const [whole, inChunks] = [readAny(bytes), reader.end()];
    expect(contentsOf(inChunks.dumps)).toEqual(contentsOf(whole.dumps));
    expect(placesOf(inChunks)).toEqual(placesOf(whole));
  });
});
