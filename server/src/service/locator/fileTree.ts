import { URI, Utils } from "vscode-uri";
import { decodeUtf8 } from "../../core/text/utf8.ts";
import type { FileSystem } from "../base/ports.ts";

/** Folders whose listing is kept. A module cache has tens of thousands; a dump's frames name a few hundred. */
const MAX_LISTINGS = 5_000;
/** Text files that are kept, read; the frames of a dump come back to the same files again and again. */
const MAX_TEXTS = 100;
/** Source files above this size are not read: they are generated tables, and would take a tenth of a second to scan. */
export const MAX_SOURCE_BYTES = 2 * 1024 * 1024;

/** A file below a root, as the file system spells it. */
export interface FoundFile {
  readonly uri: string;
  /** Whether the names are the same to the letter; false when only upper and lower case differ. */
  readonly sameCase: boolean;
}

interface Listing {
  readonly kinds: ReadonlyMap<string, string>;
  /** Lower-case name to the names that have it. */
  readonly byLowerCase: ReadonlyMap<string, readonly string[]>;
}

/** Files below given roots, with what was learnt of them kept until it is said to have changed. */
export class FileTree {
  readonly #files: FileSystem;
  readonly #followsLinks: boolean;
  readonly #listings = new Map<string, Promise<Listing>>();
  readonly #texts = new Map<string, Promise<string | undefined>>();

  /** `followsLinks`: whether links may lead out of a root, e.g. Bazel's; only where the user trusts who made them. */
  constructor(files: FileSystem, followsLinks: boolean) {
    this.#files = files;
    this.#followsLinks = followsLinks;
  }

  /**
   * Finds a file below a root by walking down the folders. Listing them, rather than asking for the path, gives the
   * names as they are spelt there: on a host that ignores case the editor would else open one file under two names.
   */
  async find(root: string, segments: readonly string[]): Promise<FoundFile | undefined> {
    let uri = root;
    let sameCase = true;
    for (const [i, segment] of segments.entries()) {
      const { kinds, byLowerCase } = await this.#list(uri);
      const alike = byLowerCase.get(segment.toLowerCase()) ?? [];
      const name = kinds.has(segment) ? segment : alike.length === 1 ? alike[0] : undefined;
      if (name === undefined) return undefined;
      const isLast = i === segments.length - 1;
      const kind = kinds.get(name);
      if (kind === (isLast ? "directory" : "file")) return undefined;
      uri = joinUri(uri, [name]);
      sameCase &&= name === segment;
      if (kind === "other" && !(await this.#mayFollow(uri, root, isLast))) return undefined;
    }
    return segments.length === 0 ? undefined : { uri, sameCase };
  }

  /** Whether a link may be followed, and leads to a file where it is the last name of a path. */
  async #mayFollow(uri: string, root: string, isLast: boolean): Promise<boolean> {
    if (!(await this.staysBelow(uri, root))) return false;
    return !isLast || (await this.#files.stat(uri))?.kind === "file";
  }

  /** Whether an address is one of a root's files: links that lead out of it may not be followed. */
  async staysBelow(uri: string, root: string): Promise<boolean> {
    if (this.#followsLinks) return true;
    const [real, realRoot] = await Promise.all([this.#files.realPath(uri), this.#files.realPath(root)]);
    return real !== undefined && realRoot !== undefined && isBelow(real, realRoot);
  }

  /** The names of the folders in a folder. */
  async folders(uri: string): Promise<readonly string[]> {
    const { kinds } = await this.#list(uri);
    return [...kinds].filter(([, kind]) => kind === "directory").map(([name]) => name);
  }

  /** The names of the files in a folder. */
  async filesIn(uri: string): Promise<readonly string[]> {
    const { kinds } = await this.#list(uri);
    return [...kinds].filter(([, kind]) => kind !== "directory").map(([name]) => name);
  }

  /** The text of a file; undefined when it is absent or larger than {@link MAX_SOURCE_BYTES}. */
  read(uri: string): Promise<string | undefined> {
    return remembered(this.#texts, MAX_TEXTS, uri, async () => {
      const bytes = await this.#files.readFile(uri, MAX_SOURCE_BYTES);
      return bytes && decodeUtf8(bytes);
    });
  }

  /** Forgets a file, or everything. */
  invalidate(uri?: string): void {
    if (uri === undefined) {
      this.#listings.clear();
      this.#texts.clear();
    } else {
      this.#texts.delete(uri);
      this.#listings.delete(parentUri(uri));
      this.#listings.delete(parentUri(parentUri(uri)));
    }
  }

  #list(uri: string): Promise<Listing> {
    return remembered(this.#listings, MAX_LISTINGS, uri, async () => {
      const entries = await this.#files.readDirectory(uri);
      const byLowerCase = new Map<string, string[]>();
      for (const [name] of entries) {
        const alike = byLowerCase.get(name.toLowerCase());
        if (alike) alike.push(name);
        else byLowerCase.set(name.toLowerCase(), [name]);
      }
      return { kinds: new Map(entries), byLowerCase };
    });
  }
}

/**
 * One spelling for each address: two URIs of one file are the same text, without a slash at its end but for the root of
 * a file system (`file:///`, `memfs:/`). What is no URI stays as it is.
 */
export function canonicalUri(uri: string): string {
  if (!isUri(uri)) return uri;
  const parsed = URI.parse(uri);
  const text = parsed.toString();
  return parsed.path.length > 1 && text.endsWith("/") ? text.slice(0, -1) : text;
}

/** Whether a text can be parsed as a URI at all. */
export function isUri(text: string): boolean {
  try {
    URI.parse(text, true);
    return true;
  } catch {
    return false;
  }
}

/** The address of an entry below a folder. */
export function joinUri(root: string, segments: readonly string[]): string {
  return Utils.joinPath(URI.parse(root), segments.join("/")).toString();
}

/** The segments of a URI's path. */
export function uriSegments(uri: string): readonly string[] {
  return URI.parse(uri)
    .path.split("/")
    .filter((segment) => segment !== "");
}

/** Whether an address is a folder's or below it. */
export function isBelow(uri: string, root: string): boolean {
  return uri === root || uri.startsWith(root.endsWith("/") ? root : `${root}/`);
}

/** The folder an entry is in. */
export function parentUri(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf("/")));
}

/** The value kept under a key, or a new one; the oldest gives way when there are too many. */
function remembered<T>(kept: Map<string, T>, most: number, key: string, make: () => T): T {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  return made;
}
