import { translatableTexts } from "../../scripts/lib/translatable.mjs";

/** What is no word of a text: what is put in, code, and where a link leads. */
const NO_WORD = /\{\d+\}|\$\{[^}]*\}|`[^`]*`|\]\([^)]*\)|\$\([\w-]+\)/g;

/** A text in a language of which every word can be told from English: `⟦{0} ǵóŕóút́ińéś⟧`. */
export function inPseudo(text: string): string {
  const kept = new RegExp(`${NO_WORD.source}|[a-z]`, "g");
  return `⟦${text.replace(kept, (part) => (part.length > 1 ? part : `${part}\u0301`))}⟧`;
}

/** Commands that bring a module or a release of Go: they are the same in all languages. */
const COMMAND = /\bgo\s(?:mod\s\S+\s\S+@[^\s⟧]+|run\s\S+\sdownload)/g;

/** All that client and server say, by the English text. */
export function pseudoBundle(): Record<string, string> {
  return Object.fromEntries(translatableTexts().map(({ text }) => [text, inPseudo(text)]));
}

/** The English of texts that should be in the made-up language. */
export class English {
  readonly #known: string;

  /** @param known what may be English: what the dump says, names of files and programs */
  constructor(known: string) {
    this.#known = known.toLowerCase();
  }

  /** Two words beside each other, and every word that is outside of a translation. */
  in(texts: readonly string[]): string[] {
    const worded = texts.map((text) => text.replace(COMMAND, ""));
    const found = worded.flatMap((text) => [
      ...(text.match(/(?<![\w.])[a-z]{3,} [a-z]{3,}(?![\w.])/g) ?? []),
      ...(outside(text).match(/[a-z]{3,}/gi) ?? []),
    ]);
    return [...new Set(found)].filter((words) => !this.#known.includes(words.toLowerCase()));
  }
}

/** A text without its translated parts, which may be within each other. */
function outside(text: string): string {
  const less = text.replace(/⟦[^⟦⟧]*⟧/g, "");
  return less === text ? text : outside(less);
}
