import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findingsFault, plainText, textFault } from "../fuzz/checks.ts";
import { Random } from "../fuzz/random.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/fuzz");
const FILES = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith(".bin")) : [];

describe("what `npm run fuzz` has found", () => {
  it.each(["none", ...FILES])("stays mended: %s", (file) => {
    const path = join(FOLDER, file);
    const bytes = new Uint8Array(existsSync(path) ? readFileSync(path) : []);
    const text = file.startsWith("findings-") ? plainText(bytes) : undefined;

    expect(textFault(bytes, new Random(1))).toBeNull();
    expect(text === undefined ? null : findingsFault(text, new Random(1))).toBeNull();
  });
});
