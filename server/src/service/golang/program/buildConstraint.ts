const SYSTEMS = new Set(
  "aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows zos".split(
    " ",
  ),
);
const PROCESSORS = new Set(
  "386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm".split(" "),
);

/** Whether a file is built on a system, by its name and its `//go:build` line; the processor is taken for amd64. */
export function isBuilt(uri: string, text: string, system: string): boolean {
  const name = uri.slice(uri.lastIndexOf("/") + 1).replace(/(?:_test)?\.go$/, "");
  const [last = "", before = ""] = name.split("_").slice(1).reverse();
  const named = PROCESSORS.has(last) ? [last, before] : [last];
  const isFitting = named.every((tag) => !(SYSTEMS.has(tag) || PROCESSORS.has(tag)) || hasTag(tag, system));
  const constraint = /^\/\/go:build (.+)$/m.exec(text.slice(0, Math.max(0, text.search(/^package /m))))?.[1];
  return isFitting && (constraint === undefined || new Condition(constraint, system).holds());
}

/** The system that the name of a file is for; undefined when any can have it. */
export function systemOf(uri: string): string | undefined {
  return uri
    .replace(/(?:_test)?\.go$/, "")
    .split("_")
    .slice(1)
    .find((tag) => SYSTEMS.has(tag));
}

function hasTag(tag: string, system: string): boolean {
  if (tag === "unix") return system !== "windows" && system !== "plan9" && system !== "js";
  return tag === system || tag === "amd64" || tag === "gc" || tag === "cgo" || /^go1\.\d+$/.test(tag);
}

/** `linux && !(cgo || ignore)` */
class Condition {
  readonly #words: readonly string[];
  readonly #system: string;
  #at = 0;

  constructor(text: string, system: string) {
    this.#words = text.match(/&&|\|\||[!()]|[\w.]+/g) ?? [];
    this.#system = system;
  }

  holds(): boolean {
    let value = this.#all();
    while (this.#take("||")) {
      const next = this.#all();
      value ||= next;
    }
    return value;
  }

  #all(): boolean {
    let value = this.#one();
    while (this.#take("&&")) {
      const next = this.#one();
      value &&= next;
    }
    return value;
  }

  #one(): boolean {
    const word = this.#words[this.#at++];
    if (word === "!") return !this.#one();
    if (word !== "(") return word !== undefined && hasTag(word, this.#system);
    const value = this.holds();
    this.#take(")");
    return value;
  }

  #take(word: string): boolean {
    const isNext = this.#words[this.#at] === word;
    if (isNext) this.#at++;
    return isNext;
  }
}
