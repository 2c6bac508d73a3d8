/** What texts of people and programs name: places on machines and in networks, and whatever stands in quotes. */
const PATTERNS = [
  ["host", /(?<=\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s"'<>]{1,500}/g],
  ["address", /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g],
  ["text", /(?<=")(?:[^"\\]|\\.){1,500}(?=")/g],
  ["ip", /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g],
  ["ip", /\[[0-9a-fA-F:]{2,45}(?:%\w{1,16})?\](?::\d{1,5})?/g],
  ["path", /(?<![\w.@])(?:[A-Za-z]:)?(?:[\\/][\w.@+~%!$-]{1,255}){2,64}[\\/]?/g],
  ["path", /(?<![\w.@])[A-Za-z]:[\\/][\w.@+~%!$-]{1,255}/g],
  ["host", /(?<![\w./-])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,8}\.?(?::\d{1,5})?(?![\w(/[])/g],
  ["host", /(?<![\w./-])[a-zA-Z][\w-]{1,62}:\d{2,5}\b/g],
] as const;

/** `main.go`, `2.5ms`, `1.2.3`, `e.g`: with dots, and no names of hosts. */
const NO_HOST = /^(?:[\d.]+\w{0,2}|.*\.(?:go|s|c|h|\w)|go\d.*)(?::\d+)?$/;

/** Paths that have their new names already. */
const RENAMED = /^(?:[A-Za-z]:)?[\\/](?:redacted|usr[\\/]local[\\/]go[\\/]src)[\\/]/;

/** Masks what a text that no form explains may give away: equal things alike. */
export class FreeText {
  readonly #names = new Map<string, string>();
  readonly #made = new Set<string>();

  mask(text: string): string {
    let masked = text;
    for (const [kind, pattern] of PATTERNS) {
      masked = masked.replace(pattern, (found) => (this.#isKept(kind, found) ? found : this.#nameOf(kind, found)));
    }
    return masked;
  }

  #isKept(kind: string, found: string): boolean {
    return this.#made.has(found) || RENAMED.test(found) || (kind === "host" && NO_HOST.test(found));
  }

  #nameOf(kind: string, found: string): string {
    const key = `${kind} ${found}`;
    let name = this.#names.get(key);
    if (name === undefined) {
      const number = this.#names.size + 1;
      name =
        kind === "path" ? `/redacted/path${number}` : kind === "address" ? `user${number}@example` : `${kind}${number}`;
      this.#names.set(key, name);
      this.#made.add(name);
    }
    return name;
  }
}
