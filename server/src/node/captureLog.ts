import { appendFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MANIFEST, type ManifestEntry, manifestEntries } from "./captureManifest.ts";
import { targetKey } from "./captureTarget.ts";
import { cannotRead, cannotWrite } from "./usageError.ts";

/** The manifest of a folder that dumps are captured into. */
export class CaptureLog {
  readonly #path: string;
  /** Keys of the targets of which the folder has a dump. */
  readonly done: ReadonlySet<string>;

  private constructor(path: string, done: ReadonlySet<string>) {
    this.#path = path;
    this.done = done;
  }

  /** Reads what earlier runs have written. */
  static async open(folder: string): Promise<CaptureLog> {
    const path = join(folder, MANIFEST);
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw cannotRead(path, error);
    });
    const there = new Set(await readdir(folder));
    const log = new CaptureLog(path, capturedTargets(text, there));
    // A run that was stopped may have left a part of a line.
    if (text !== "" && !text.endsWith("\n")) await log.#write("\n");
    return log;
  }

  /** Adds what became of a target. */
  add(entry: ManifestEntry): Promise<void> {
    return this.#write(`${JSON.stringify(entry)}\n`);
  }

  async #write(text: string): Promise<void> {
    await appendFile(this.#path, text).catch((error: unknown) => {
      throw cannotWrite(this.#path, error);
    });
  }
}

/** Keys of the targets whose last line in a manifest has a dump that is still there. */
function capturedTargets(text: string, there: ReadonlySet<string>): ReadonlySet<string> {
  const done = new Set<string>();
  for (const { target, host, file } of manifestEntries(text)) {
    const key = targetKey(target, host);
    if (file !== null && there.has(file)) done.add(key);
    else done.delete(key);
  }
  return done;
}
