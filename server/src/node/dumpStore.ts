import { realpath, stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import type { AgentDump } from "../service/agent/agentDump.ts";
import { ToolError } from "../service/agent/toolError.ts";
import type { AgentDumps } from "../service/agent/tools.ts";
import { analyseFile } from "./analyseFile.ts";
import { InputError } from "./usageError.ts";

/** Files whose dumps are kept, the ones asked for last. */
const KEPT = 4;

interface Kept {
  /** What would change with the file. */
  readonly stamp: string;
  readonly dumps: Promise<readonly AgentDump[]>;
}

/** Reads dumps of files below some folders, and keeps the last ones as long as the files do not change. */
export class DumpStore implements AgentDumps {
  readonly #roots: readonly string[];
  readonly #kept = new Map<string, Kept>();

  /** `roots` are real paths of folders. */
  constructor(roots: readonly string[]) {
    this.#roots = roots;
  }

  async dumps(path: string): Promise<readonly AgentDump[]> {
    const file = await this.#allowed(path);
    const { mtimeMs, size } = await stat(file);
    const stamp = `${mtimeMs} ${size}`;
    let kept = this.#kept.get(file);
    this.#kept.delete(file);
    if (kept?.stamp !== stamp) kept = { stamp, dumps: this.#read(file, path) };
    this.#kept.set(file, kept);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > KEPT) this.#kept.delete(oldest);
    try {
      return await kept.dumps;
    } catch (error) {
      this.#kept.delete(file);
      throw error;
    }
  }

  /** A relative path is one from the working folder, or else from a root. Links are followed first: what counts is where a file is. */
  async #allowed(path: string): Promise<string> {
    for (const folder of [".", ...this.#roots]) {
      const file = await realpath(resolve(folder, path)).catch(() => undefined);
      if (file === undefined || !this.#isBelow(file)) continue;
      if ((await stat(file)).isFile()) return file;
      throw new ToolError(`${path} is not a file.`);
    }
    // Whether a file outside of the roots exists is not told either.
    throw new ToolError(
      `${path} is not there, or not below ${this.#roots.join(", ")}. Start the server with --root DIR to allow another folder.`,
    );
  }

  #isBelow(file: string): boolean {
    return this.#roots.some((root) => file.startsWith(root.endsWith(sep) ? root : root + sep));
  }

  async #read(file: string, path: string): Promise<readonly AgentDump[]> {
    const problems: string[] = [];
    const analysed = await analyseFile(file, (sentence) => void problems.push(sentence)).catch((error: unknown) => {
      throw error instanceof InputError ? new ToolError(`${error.message}.`) : error;
    });
    if (analysed.length === 0) throw new ToolError(`${path} holds no goroutine dump. ${problems[0] ?? ""}`.trim());
    return analysed.map(({ prepared: { dump, groups }, findings }, index) => ({ path, index, dump, groups, findings }));
  }
}
