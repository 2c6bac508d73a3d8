import type { Localizer } from "../../model/localizer.ts";
import { canonicalTag } from "../pageLanguage.ts";

let translations: ReadonlyMap<string, string> = new Map();
let language = "en";

/** Sets the language of the page: its tag, and translations by the English text. */
export function useWords(tag: string, words: Readonly<Record<string, string>> | null): void {
  language = canonicalTag(tag);
  translations = new Map(Object.entries(words ?? {}));
  document.documentElement.lang = language;
}

/** The page's own texts, translated as the extension translates its. */
export const l10n: Localizer = {
  t: (message, ...args) =>
    (translations.get(message) ?? message).replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};

/** `12,345`, as the page's language writes it. */
export function formatCount(count: number): string {
  return count.toLocaleString(language);
}

/** `42 %`; `<0.1 %` for what is there and rounds to nothing. */
export function formatShare(count: number, total: number): string {
  if (total <= 0) return "";
  const share = count / total;
  if (share > 0 && share < 0.001)
    return `<${(0.001).toLocaleString(language, { style: "percent", maximumFractionDigits: 1 })}`;
  // What is not all does not look like all.
  const shown = count < total ? Math.min(share, 0.999) : share;
  const maximumFractionDigits = shown < 0.1 || shown > 0.99 ? 1 : 0;
  return shown.toLocaleString(language, { style: "percent", maximumFractionDigits });
}

/** `1 goroutine`, `12,345 goroutines`. */
export function goroutines(count: number): string {
  return count === 1 ? l10n.t("1 goroutine") : l10n.t("{0} goroutines", formatCount(count));
}

/** `1 distinct stack`, `12,345 distinct stacks`. */
export function distinctStacks(count: number): string {
  return count === 1 ? l10n.t("1 distinct stack") : l10n.t("{0} distinct stacks", formatCount(count));
}
