import { URI } from "vscode-uri";
import { applyIgnore } from "../../core/findings/applyIgnore.ts";
import { prepareDumps, type PreparedDump, type ReadSpans, type RunSteps } from "../analysis/analyseDump.ts";
import type { JudgedDumps } from "../analysis/judgedDumps.ts";
import type { CancellationToken, FileStat } from "../base/ports.ts";
import { Turns } from "../base/turns.ts";
import { placedFrames } from "../document/placedFrames.ts";
import type { IgnoreFiles } from "../findings/ignoreFiles.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import { canonicalUri, FileTree, isBelow, joinUri, uriSegments } from "../locator/fileTree.ts";
import type { AgentDump } from "./agentDump.ts";
import { ToolError } from "./toolError.ts";

/** Larger files are not read as a whole: far more than Go prints (64 MB). */
const [FILE_LIMIT, FILE_LIMIT_TEXT] = [512 * 1024 * 1024, "512 MB"];
/** Bytes parsed at a time. */
const CHUNK = 1024 * 1024;
/** Files whose dumps are kept, the ones asked for last. */
const KEPT = 4;
/** A scheme has two letters at least: one alone is a drive of Windows. */
const ADDRESS = /^[a-z][a-z\d+.-]+:/i;
/** A half of a character beyond the first 65,536, which no address can hold. */
const HALF_CHARACTER = /\p{Surrogate}/u;
const ABSOLUTE = /^(?:[/\\]|[a-z]:[/\\])/i;

interface Kept {
  /** What would change with the file. */
  readonly stamp: string;
  readonly dumps: Promise<readonly PreparedDump[]>;
}

type Host = Pick<LanguageServiceHost, "clock" | "fileSystem" | "folders" | "parse" | "settings">;

/** The dumps of files of the workspace that no editor shows, for assistants. The last ones are kept until they change. */
export class WorkspaceDumps {
  readonly #host: Host;
  readonly #judged: JudgedDumps;
  readonly #ignoreFiles: IgnoreFiles;
  readonly #kept = new Map<string, Kept>();

  constructor(host: Host, judged: JudgedDumps, ignoreFiles: IgnoreFiles) {
    this.#host = host;
    this.#judged = judged;
    this.#ignoreFiles = ignoreFiles;
  }

  /** Addresses that a path may mean: itself, or below each folder of the workspace. */
  addressesOf(path: string): readonly string[] {
    if (HALF_CHARACTER.test(path)) return [];
    if (ADDRESS.test(path)) return [canonicalUri(path)];
    if (ABSOLUTE.test(path)) return [canonicalUri(URI.file(path).toString())];
    const segments = path.split(/[/\\]/).filter((segment) => segment !== "" && segment !== ".");
    return this.#roots().map((root) => joinUri(root, segments));
  }

  /** The address of a file below the workspace, links followed only within it. Throws `ToolError`: there is none. */
  async find(path: string): Promise<string> {
    const tree = new FileTree(this.#host.fileSystem, false);
    for (const address of this.addressesOf(path)) {
      for (const root of this.#roots()) {
        if (!isBelow(address, root)) continue;
        const found = await tree.find(root, uriSegments(address).slice(uriSegments(root).length));
        if (found !== undefined) return found.uri;
      }
    }
    // Whether a file outside of the workspace exists is not told.
    throw new ToolError(
      `${path} is not there, or not below the workspace. Name a file of the workspace, by its whole path or from one of its folders on, or ask the user to open the dump in the editor.`,
    );
  }

  /** The dumps of a file with their findings. Throws `ToolError` when it holds none, or the call is called off. */
  async read(uri: string, path: string, token: CancellationToken): Promise<readonly AgentDump[]> {
    const prepared = await this.#prepared(uri, path, token);
    const expected = (await this.#ignoreFiles.read()).flatMap(({ file }) => file.entries);
    const run = this.#runner(token);
    const opens: AgentDump[] = [];
    for (const [index, each] of prepared.entries()) {
      const { dump, groups } = each;
      const findings = await this.#judged.of(each, placedFrames(uri, dump), token, run);
      if (findings === undefined) throw new ToolError("The call was called off.");
      opens.push({ path, index, dump, groups, findings: applyIgnore(dump, groups, findings, expected).findings });
    }
    return opens;
  }

  async #prepared(uri: string, path: string, token: CancellationToken): Promise<readonly PreparedDump[]> {
    const stat = await this.#host.fileSystem.stat(uri);
    const stamp = `${stat?.mtime} ${stat?.size}`;
    let kept = this.#kept.get(uri);
    this.#kept.delete(uri);
    if (kept?.stamp !== stamp) kept = { stamp, dumps: this.#parse(uri, path, stat, token) };
    this.#kept.set(uri, kept);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > KEPT) this.#kept.delete(oldest);
    try {
      return await kept.dumps;
    } catch (error) {
      this.#kept.delete(uri);
      throw error;
    }
  }

  async #parse(
    uri: string,
    path: string,
    stat: FileStat | undefined,
    token: CancellationToken,
  ): Promise<readonly PreparedDump[]> {
    if (stat !== undefined && stat.size > FILE_LIMIT)
      throw new ToolError(
        `${path} is larger than ${FILE_LIMIT_TEXT}: goroutine-dump analyze reads it on a command line.`,
      );
    const bytes = await this.#host.fileSystem.readFile(uri, FILE_LIMIT);
    if (bytes === undefined) throw new ToolError(`${path} cannot be read.`);
    const { linePrefix } = await this.#host.settings(uri);
    const reading = await this.#host.parse(chunksOf(bytes), token, linePrefix);
    // Of packed text the places are those of the text, not of the file: findings about locks are weaker.
    const isPlain = reading?.bytes === bytes.length;
    const readSpans: ReadSpans = (spans) =>
      Promise.resolve(isPlain ? spans.map(({ start, end }) => bytes.subarray(start, end)) : null);
    const dumps = reading?.dumps.map((dump) => ({ dump })) ?? [];
    const prepared = reading && (await prepareDumps(dumps, { run: this.#runner(token), readSpans }));
    if (prepared === undefined) throw new ToolError("The call was called off.");
    if (prepared.length === 0) throw new ToolError(`${path} holds no goroutine dump.`);
    return prepared;
  }

  #runner(token: CancellationToken): RunSteps {
    const turns = new Turns(this.#host.clock);
    return (steps) => turns.run(steps, token);
  }

  #roots(): readonly string[] {
    return this.#host.folders().map(({ uri }) => canonicalUri(uri));
  }
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += CHUNK) yield bytes.subarray(start, start + CHUNK);
}
