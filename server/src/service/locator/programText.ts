import type { CancellationToken } from "../base/ports.ts";
import { isBuilt, systemOf } from "../golang/program/buildConstraint.ts";
import type { FileText } from "../golang/program/programBuilder.ts";
import type { PackageFiles, SourceLocator } from "./sourceLocator.ts";

/** Files and characters of a program that are read: larger ones are not followed. */
const MAX_FILES = 400;
const MAX_CHARACTERS = 2_000_000;

/** The files of a program. */
export interface ProgramText {
  readonly files: readonly FileText[];
  /** Whether all packages of the workspace that the program is made of are among them. */
  readonly isWhole: boolean;
}

/**
 * Reads the program that a dump is of: the package with `main.main` and all that it imports of the workspace; of a test
 * the packages that are tested. Undefined: it is too large, cannot be read, or is not in the workspace.
 *
 * `uris`: the files of the dump's frames. `main`: the one of `main.main`; undefined when it was not found.
 */
export async function readProgramText(
  locator: SourceLocator,
  uris: ReadonlySet<string>,
  main: string | undefined,
  token: CancellationToken,
): Promise<ProgramText | undefined> {
  const isTest = [...uris].some((uri) => uri.endsWith("_test.go"));
  const system = [...uris].map(systemOf).find((name) => name !== undefined) ?? "linux";
  const reader = new ProgramReader(locator, system, isTest, token);
  for (const uri of main === undefined ? uris : [main]) await reader.add(await locator.packageFiles({ uri }));
  return (await reader.followImports()) ? { files: reader.files, isWhole: main !== undefined || isTest } : undefined;
}

class ProgramReader {
  readonly files: FileText[] = [];
  readonly #locator: SourceLocator;
  readonly #system: string;
  readonly #isTest: boolean;
  readonly #token: CancellationToken;
  readonly #known = new Set<string>();
  readonly #imports = new Set<string>();
  #characters = 0;

  constructor(locator: SourceLocator, system: string, isTest: boolean, token: CancellationToken) {
    this.#locator = locator;
    this.#system = system;
    this.#isTest = isTest;
    this.#token = token;
  }

  async add(found: PackageFiles | undefined): Promise<void> {
    for (const uri of found?.uris ?? []) {
      if (this.#known.has(uri) || this.#isTooLarge) continue;
      this.#known.add(uri);
      if (uri.endsWith("_test.go") && !this.#isTest) continue;
      const text = await this.#locator.read({ uri });
      // What cannot be read is no file of the program that could be left out: it makes the rest worthless.
      if (text === undefined) this.#characters = Infinity;
      else if (isBuilt(uri, text, this.#system)) this.#take(uri, text, found?.path);
    }
  }

  /** Reads what is imported, and what that imports; whether all could be read. */
  async followImports(): Promise<boolean> {
    // A set gives what is added while it is gone through, too.
    for (const importPath of this.#imports) {
      if (this.#isTooLarge || this.#token.isCancellationRequested) return false;
      await this.add(await this.#locator.packageFiles({ importPath }));
    }
    return this.files.length > 0 && !this.#isTooLarge;
  }

  get #isTooLarge(): boolean {
    return this.files.length > MAX_FILES || this.#characters > MAX_CHARACTERS;
  }

  #take(uri: string, text: string, path: string | undefined): void {
    this.#characters += text.length;
    this.files.push({ uri, text, packagePath: path });
    for (const importPath of importsIn(text)) this.#imports.add(importPath);
  }
}

/** The import paths of a file: strings in front of its first declaration. */
function importsIn(text: string): readonly string[] {
  const head = text.slice(0, text.search(/^(?:func|type|var|const)\b/m) >>> 0);
  return [...head.matchAll(/"([^"\n]+)"/g)].map(([, path]) => path ?? "");
}
