import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { applyIgnore } from "../core/findings/applyIgnore.ts";
import type { Finding } from "../core/findings/finding.ts";
import { formatIgnore, IGNORE_FILE, type IgnoreEntry, parseIgnore } from "../core/findings/ignore.ts";
import { RULES } from "../core/findings/registry.ts";
import type { GroupTable } from "../core/group/groups.ts";
import type { Dump } from "../core/model/dump.ts";

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
      const text = await readFile(file, "utf8").catch(() => "");
      const parsed = parseIgnore(
        text,
        RULES.map(({ id }) => id),
      );
      for (const { line, message } of parsed.problems) warn(`${file}:${line + 1}: ${message}`);
      entries.push(...parsed.entries.map((entry) => ({ entry, file })));
    }
    return new CliIgnore(entries);
  }

  /** The findings that are not expected. */
  apply(dump: Dump, groups: GroupTable, findings: readonly Finding[]): readonly Finding[] {
    const entries = this.#entries.map(({ entry }) => entry);
    const result = applyIgnore(dump, groups, findings, entries);
    for (const entry of entries) if (!result.unused.includes(entry)) this.#used.add(entry);
    this.#ignored += result.ignored.length;
    return result.findings;
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
