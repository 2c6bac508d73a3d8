import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a language may be called: a client names it, and no path comes of it. */
const LOCALE = /^[a-z]{2,3}(?:-[a-z0-9]+)*$/;

/** The translations that come with this program, from `dist/node` on; empty where there are none for that language. */
export function translations(locale: string): Readonly<Record<string, string>> {
  if (!LOCALE.test(locale)) return {};
  const file = join(import.meta.dirname, "..", "..", "l10n", `bundle.l10n.${locale}.json`);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  } catch {
    return {};
  }
}
