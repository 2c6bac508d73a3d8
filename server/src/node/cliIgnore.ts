import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Ignored } from "../core/findings/applyIgnore.ts";
import { formatIgnore, IGNORE_BYTES, IGNORE_FILE, type IgnoreEntry, parseIgnore } from "../core/findings/ignore.ts";
import { RULES } from "../core/findings/registry.ts";

/** An entry and the file it is in. */
interface FiledEntry {
  readonly entry: IgnoreEntry;
  readonly file: string;
}

/** What the ignore files in the source folders and in the current one expect. */
export class CliIgnore {
  /** Expects nothing. */
  static readonly nothing = new CliIgnore([]);
  readonly #entries: readonly FiledEntry[];
  readonly #used = new Set<IgnoreEntry>();
  #ignored = 0;

  private constructor(entries: readonly FiledEntry[]) {
    this.#entries = entries;
  }

  /** Reads the files that there are; warns of lines that are no entries. */
  static async read(folders: readonly string[], warn: (sentence: string) => void): Promise<CliIgnore> {
    const files = new Set([...folders, "."].map((folder) => resolve(join(folder, IGNORE_FILE))));
    const entries: FiledEntry[] = [];
    for (const file of files) {
      if (!existsSync(file)) continue;
      // What files of users are read with is loaded when there is one.
      const { readIgnoreFile } = await import("./readIgnoreFile.ts");
      const text = await readIgnoreFile(file);
      if (text === null) {
        warn(
          `${file} is left out: it is no text file of at most ${IGNORE_BYTES / 1024} KB in UTF-8, or a link to elsewhere.`,
        );
        continue;
      }
      const parsed = parseIgnore(
        text,
        RULES.map(({ id }) => id),
      );
      for (const { line, message } of parsed.problems) warn(`${file}:${line + 1}: ${message}`);
      for (const entry of parsed.entries) entries.push({ entry, file });
    }
    return new CliIgnore(entries);
  }

  get entries(): readonly IgnoreEntry[] {
    return this.#entries.map(({ entry }) => entry);
  }

  /** Counts what was set aside, and which entries meant somebody. */
  note(dumps: readonly Ignored[]): void {
    for (const { ignored, unused } of dumps) {
      for (const entry of this.entries) if (!unused.includes(entry)) this.#used.add(entry);
      this.#ignored += ignored.length;
    }
  }

  /** Says what was left out, and which entries mean no goroutine of any dump. */
  report(warn: (sentence: string) => void): void {
    if (this.#ignored > 0)
      warn(`${this.#ignored === 1 ? "1 finding" : `${this.#ignored} findings`} left out, as ${IGNORE_FILE} expects.`);
    for (const { entry, file } of this.#entries) {
      if (!this.#used.has(entry)) warn(`${file}:${entry.line + 1}: no goroutine is meant by "${formatIgnore(entry)}".`);
    }
  }
}
