import { URI } from "vscode-uri";
import { canonicalUri } from "../../server/src/service/locator/fileTree.ts";
import type { FileStat, FileSystem, Logger } from "../../server/src/service/base/ports.ts";

type Folder = Map<string, Folder | string>;

/** Files in memory. `calls` lists every address that was asked for, so that a test can say what was not touched. */
export class MemoryFileSystem implements FileSystem {
  readonly calls: string[] = [];
  readonly #roots = new Map<string, Folder>();

  /** `files`: address, or path of a `file:` address, to text. A text that begins with `->` is a link to that path. */
  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    const { host, segments } = locate(path);
    let folder = this.#roots.get(host);
    if (!folder) this.#roots.set(host, (folder = new Map()));
    for (const segment of segments.slice(0, -1)) {
      const next: Folder | string | undefined = folder.get(segment);
      if (next instanceof Map) folder = next;
      else {
        const made: Folder = new Map();
        folder.set(segment, made);
        folder = made;
      }
    }
    folder.set(segments.at(-1) ?? "", text);
  }

  delete(path: string): void {
    const { host, segments } = locate(path);
    const folder = this.#entry(host, segments.slice(0, -1));
    if (folder instanceof Map) folder.delete(segments.at(-1) ?? "");
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const entry = this.#read(uri);
    if (entry === undefined) return undefined;
    return {
      kind: entry instanceof Map ? "directory" : "file",
      size: entry instanceof Map ? 0 : entry.length,
      mtime: 0,
    };
  }

  async readFile(uri: string, maxBytes: number): Promise<Uint8Array | undefined> {
    const entry = this.#read(uri);
    if (typeof entry !== "string") return undefined;
    const bytes = new TextEncoder().encode(entry);
    return bytes.length > maxBytes ? undefined : bytes;
  }

  async readDirectory(uri: string): Promise<readonly (readonly [string, FileStat["kind"]])[]> {
    const entry = this.#read(uri);
    return entry instanceof Map ? [...entry].map(([name, child]) => [name, kindOf(child)] as const) : [];
  }

  async realPath(uri: string): Promise<string | undefined> {
    const { host, segments } = locate(uri);
    const real = this.#realSegments(host, segments);
    return real && canonicalUri([host, ...real.map(encodeURIComponent)].join("/"));
  }

  #realSegments(host: string, segments: readonly string[], links = 0): readonly string[] | undefined {
    let folder: Folder | string | undefined = this.#roots.get(host);
    for (const [i, segment] of segments.entries()) {
      folder = folder instanceof Map ? folder.get(segment) : undefined;
      if (folder === undefined || links > 8) return undefined;
      if (!isLink(folder)) continue;
      const target = [...locate(folder.slice(2)).segments, ...segments.slice(i + 1)];
      return this.#realSegments(host, target, links + 1);
    }
    return segments;
  }

  #read(uri: string): Folder | string | undefined {
    this.calls.push(uri);
    const { host, segments } = locate(uri);
    return this.#entry(host, segments);
  }

  /** Follows links as a system does, at most a few: a loop of links is an absent file. */
  #entry(host: string, segments: readonly string[], links = 0): Folder | string | undefined {
    let entry: Folder | string | undefined = this.#roots.get(host);
    for (const [i, segment] of segments.entries()) {
      entry = entry instanceof Map ? entry.get(segment) : undefined;
      if (!isLink(entry)) continue;
      if (links > 8) return undefined;
      return this.#entry(host, [...locate(entry.slice(2)).segments, ...segments.slice(i + 1)], links + 1);
    }
    return entry;
  }
}

/** A token that is never cancelled. */
export const neverCancelled = { isCancellationRequested: false };

/** A logger that nobody reads. */
export const silentLogger: Logger = { error() {}, warn() {}, info() {}, debug() {} };

function isLink(entry: Folder | string | undefined): entry is string {
  return typeof entry === "string" && entry.startsWith("->");
}

function kindOf(entry: Folder | string): FileStat["kind"] {
  if (isLink(entry)) return "other";
  return entry instanceof Map ? "directory" : "file";
}

function locate(path: string): { readonly host: string; readonly segments: readonly string[] } {
  const uri = /^[a-z][\w+.-]*:\/\//i.test(path) ? URI.parse(path) : URI.file(path);
  return {
    host: `${uri.scheme}://${uri.authority}`,
    segments: uri.path.split("/").filter((segment) => segment !== ""),
  };
}
