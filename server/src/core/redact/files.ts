import { frameOf } from "../model/stack.ts";
import type { Dump } from "../model/dump.ts";
import { isStandardLibrary } from "../names/standardLibrary.ts";
import { fileOrigin } from "../names/userCode.ts";

/** Where Go's library is said to be. */
const GOROOT = "/usr/local/go/src/";

/** Renames paths: folders and files alike, each with a number; what is below Go's own `src` keeps its name there. */
export class FileNames {
  readonly #standard: ReadonlySet<string>;
  readonly #names = new Map<string, string>();
  readonly #folders = new Map<string, number>();
  readonly #files = new Map<string, number>();
  /** Lengths of the known paths, longest first: to find one that stands in front of a line number. */
  readonly #lengths: readonly number[];

  constructor(dumps: readonly Dump[]) {
    this.#standard = standardFiles(dumps);
    const lengths = new Set<number>();
    for (const { files } of dumps) {
      for (const file of files) {
        this.#names.set(file, this.#nameOf(file));
        lengths.add(file.length);
      }
    }
    this.#lengths = [...lengths].sort((left, right) => right - left);
  }

  /** Whether a dump has that path. */
  isKnown(file: string): boolean {
    return this.#names.has(file);
  }

  rename(file: string): string {
    let name = this.#names.get(file);
    if (name === undefined) {
      name = this.#nameOf(file);
      this.#names.set(file, name);
    }
    return name;
  }

  /** The known path that ends at a column of a text; empty: none does. */
  endingAt(text: string, column: number): string {
    for (const length of this.#lengths) {
      if (length > column) continue;
      const candidate = text.slice(column - length, column);
      if (this.#names.has(candidate)) return candidate;
    }
    return "";
  }

  #nameOf(file: string): string {
    if (fileOrigin(file) === "generated") return file.slice(file.lastIndexOf("/") + 1);
    const path = file.replaceAll("\\", "/");
    const source = path.lastIndexOf("/src/");
    if (this.#standard.has(file)) return source < 0 ? file : GOROOT + path.slice(source + "/src/".length);
    const slash = Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\"));
    const number = numberOf(this.#files, file);
    const ending = /(?:_test)?\.\w{1,4}$/.exec(file.slice(slash + 1))?.[0] ?? "";
    const name = `f${number}${ending}`;
    if (slash < 0) return name;
    const folder = `d${numberOf(this.#folders, file.slice(0, slash))}`;
    if (!file.includes("/")) return `C:\\redacted\\${folder}\\${name}`;
    return `${/^(?:[A-Za-z]:)?[\\/]/.test(file) ? "/" : ""}redacted/${folder}/${name}`;
  }
}

/** Files in which a frame of the standard library is. */
function standardFiles(dumps: readonly Dump[]): ReadonlySet<string> {
  const files = new Set<string>();
  for (const dump of dumps) {
    for (let id = 0; id < dump.frames.line.length; id++) {
      const { function: name, file } = frameOf(dump, id);
      if (file !== null && isStandardLibrary(name, file)) files.add(file);
    }
  }
  return files;
}

function numberOf(numbers: Map<string, number>, key: string): number {
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size + 1;
    numbers.set(key, number);
  }
  return number;
}
