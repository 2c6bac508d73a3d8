import { english, type Message, templateOf, word } from "../../core/text/say.ts";

/** Translations by the English template: `{0} goroutines` to `{0} 个 goroutine`. */
export type Translations = ReadonlyMap<string, string>;

let translations: Translations = new Map();

/** Sets the language of {@link words}. Once, before anything is said: a server has one client, and that one language. */
export function speak(language: Translations): void {
  translations = language;
}

/** A message in the client's language; what has no translation stays English. */
export function words(message: Message): string {
  if (translations.size === 0) return english(message);
  return word(message, (part) => {
    const template = templateOf(part);
    return translations.get(template) ?? template;
  });
}
