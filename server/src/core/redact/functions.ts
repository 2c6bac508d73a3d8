/** Renames the packages below private import paths; what is not private keeps its name. */
export class FunctionNames {
  readonly #prefixes: readonly string[];
  readonly #names = new Map<string, string>();

  /** `prefixes`: import paths as they are printed, each meant with all that is below it. */
  constructor(prefixes: readonly string[]) {
    this.#prefixes = prefixes.map((prefix) => prefix.replace(/\/(?:\.\.\.)?$/, "")).filter((prefix) => prefix !== "");
  }

  /** A text with every private import path in it renamed, also within type arguments. */
  rename(text: string): string {
    let renamed = text;
    for (const prefix of this.#prefixes) renamed = this.#renameBelow(renamed, prefix);
    return renamed;
  }

  #renameBelow(text: string, prefix: string): string {
    let renamed = "";
    let from = 0;
    for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
      if (at < from || /[\w./-]/.test(text[at - 1] ?? "")) continue;
      const end = endOfPackage(text, at + prefix.length);
      if (end < 0) continue;
      renamed += text.slice(from, at) + this.#nameOf(text.slice(at, end));
      from = end;
    }
    return renamed + text.slice(from);
  }

  #nameOf(path: string): string {
    let name = this.#names.get(path);
    if (name === undefined) {
      name = `private.example/p${this.#names.size + 1}`;
      this.#names.set(path, name);
    }
    return name;
  }
}

/** Column behind an import path whose beginning ends at `start`; -1: its name goes on, it is another path. */
function endOfPackage(text: string, start: number): number {
  const next = text[start];
  if (next === "/") {
    // The package ends at the first dot behind its last slash.
    const rest = /^[\w%~@/-]*(?:\.[\w%~@-]*\/[\w%~@/-]*)*/.exec(text.slice(start))?.[0] ?? "";
    return start + rest.length;
  }
  return next === undefined || /[.\])},;\s]/.test(next) ? start : -1;
}
