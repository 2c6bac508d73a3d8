import { decodeUtf8 } from "../../core/text/utf8.ts";
import type { FileSystem } from "../base/ports.ts";
import { enclosingFunction, type GoFile, type GoFunction, scanGo } from "../golang/scanner.ts";
import { joinUri, MAX_SOURCE_BYTES, parentUri } from "../locator/fileTree.ts";
import { type CarriedLine, lineCarrier } from "./carriedLine.ts";
import type { History } from "./history.ts";

/** Files of packages that are read to find functions which have moved. */
const MAX_FILES = 2_000;

/** Where a line of a revision is today. */
export interface CarriedPlace extends CarriedLine {
  readonly uri: string;
  /** Whether the function that the line was in is not there any more: the line is what is left of it, under another name. */
  readonly isFunctionGone: boolean;
}

interface GoText {
  readonly uri: string;
  readonly text: string;
  readonly file: GoFile;
}

/**
 * Follows lines of one revision into the files as they are today. A line within a function is followed within that function,
 * wherever in the package it stands today, or in the file that git takes for the same one under another name.
 */
export class MovedPlaces {
  readonly #history: History;
  readonly #commit: string;
  readonly #files: Pick<FileSystem, "readFile" | "readDirectory">;
  readonly #older = new Map<string, Promise<GoText | undefined>>();
  readonly #today = new Map<string, Promise<GoText | undefined>>();
  readonly #packages = new Map<string, Promise<readonly string[]>>();
  #renames: ReturnType<History["renames"]> | undefined;
  #filesLeft = MAX_FILES;

  constructor(history: History, commit: string, files: Pick<FileSystem, "readFile" | "readDirectory">) {
    this.#history = history;
    this.#commit = commit;
    this.#files = files;
  }

  /** Whether the revision has a file. */
  async has(path: string): Promise<boolean> {
    return (await this.#olderText(path)) !== undefined;
  }

  /** Follows a line (0-based) of a file; undefined: today there is no such file or function, or the texts share too little. */
  async follow(path: string, line: number): Promise<CarriedPlace | undefined> {
    const older = await this.#olderText(path);
    if (!older) return undefined;
    const today = await this.#fileToday(older, path);
    const within = enclosingFunction(older.file, line);
    if (!within || !isOnlyOne(older.file, within)) return today && followedInFile(older, today, line, false);
    const moved = await this.#functionToday(older, within, today);
    if (!moved) return today && followedInFile(older, today, line, true);
    const carried = lineCarrier(bodyOf(older.text, within), bodyOf(moved.text, moved.fn))(line - within.line);
    return carried && { ...carried, line: moved.fn.line + carried.line, uri: moved.uri, isFunctionGone: false };
  }

  #olderText(path: string): Promise<GoText | undefined> {
    return kept(this.#older, path, () => this.#readOlder(path));
  }

  async #readOlder(path: string): Promise<GoText | undefined> {
    const [blob] = await this.#history.blobs([{ commit: this.#commit, path }]);
    const bytes = blob === undefined ? undefined : await this.#history.read(blob);
    return bytes && goText(joinUri(this.#history.root, path.split("/")), bytes);
  }

  /** The file of the same path, or else the one that git takes for it. */
  async #fileToday({ uri }: GoText, path: string): Promise<GoText | undefined> {
    const same = await this.#readToday(uri);
    if (same) return same;
    const renamed = (await (this.#renames ??= this.#history.renames(this.#commit))).get(path);
    return renamed === undefined ? undefined : this.#readToday(joinUri(this.#history.root, renamed.split("/")));
  }

  /** The function of the same name: in the file, or in the one file of its package that has it. */
  async #functionToday(
    older: GoText,
    { name }: GoFunction,
    today: GoText | undefined,
  ): Promise<(GoText & { readonly fn: GoFunction }) | undefined> {
    const inFile = today && onlyFunction(today.file, name);
    if (inFile) return { ...today, fn: inFile };
    const found: (GoText & { readonly fn: GoFunction })[] = [];
    for (const uri of await this.#packageFiles(parentUri((today ?? older).uri))) {
      const other = isTestFile(uri) === isTestFile(older.uri) ? await this.#readToday(uri) : undefined;
      const fn = other?.file.packageName === older.file.packageName ? onlyFunction(other.file, name) : undefined;
      if (other && fn) found.push({ ...other, fn });
    }
    return found.length === 1 ? found[0] : undefined;
  }

  #packageFiles(folder: string): Promise<readonly string[]> {
    return kept(this.#packages, folder, async () => {
      const entries = await this.#files.readDirectory(folder);
      const names = entries.filter(([name, kind]) => kind === "file" && name.endsWith(".go"));
      return names.map(([name]) => joinUri(folder, [name]));
    });
  }

  #readToday(uri: string): Promise<GoText | undefined> {
    return kept(this.#today, uri, async () => {
      if (--this.#filesLeft < 0) return undefined;
      const bytes = await this.#files.readFile(uri, MAX_SOURCE_BYTES);
      return bytes && goText(uri, bytes);
    });
  }
}

function followedInFile(older: GoText, today: GoText, line: number, isFunctionGone: boolean): CarriedPlace | undefined {
  const carried = lineCarrier(older.text, today.text)(line);
  if (!carried) return undefined;
  // In a function that was there before, it is a line of that one, however alike.
  const { name } = (isFunctionGone && enclosingFunction(today.file, carried.line)) || { name: undefined };
  const kind = older.file.functions.some((fn) => fn.name === name) ? "gone" : carried.kind;
  return { line: carried.line, kind, uri: today.uri, isFunctionGone };
}

function goText(uri: string, bytes: Uint8Array): GoText {
  const text = decodeUtf8(bytes);
  return { uri, text, file: scanGo(text) };
}

/** `init` and `_` may be there several times: which of them is which, their name does not tell. */
function onlyFunction({ functions }: GoFile, name: string): GoFunction | undefined {
  const [first, second] = functions.filter((fn) => fn.name === name);
  return second === undefined ? first : undefined;
}

function isOnlyOne(file: GoFile, fn: GoFunction): boolean {
  return onlyFunction(file, fn.name) === fn;
}

function bodyOf(text: string, { line, endLine }: GoFunction): string {
  return text
    .split("\n")
    .slice(line, endLine + 1)
    .join("\n");
}

function isTestFile(uri: string): boolean {
  return uri.endsWith("_test.go");
}

function kept<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
