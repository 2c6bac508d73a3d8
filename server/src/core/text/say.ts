/** What a message is about: a name or a number from the dump, or a part that is a message itself. */
export type MessageValue = string | number | Message;

/**
 * A text for people that can be said in another language: the words, and what stands between them. Plain data, so that it
 * crosses to other threads. What it quotes of a dump is never markup.
 */
export interface Message {
  /** The words around the values: one more than there are values. */
  readonly words: readonly string[];
  readonly values: readonly MessageValue[];
}

/**
 * A message in English, which is also its key for translation. Words stand in the template, never in a value:
 *
 *     say`${count} goroutines wait for ${lock} in ${callAt(frame)}.`
 */
export function say(words: TemplateStringsArray, ...values: readonly MessageValue[]): Message {
  return { words, values };
}

/** Nothing said: for parts that may be absent. */
export const NOTHING: Message = say``;

/** Messages one behind the other, with a sign between them that needs no translation. */
export function joined(messages: readonly Message[], between: string): Message {
  const inner = messages.slice(1).map(() => between);
  return { words: ["", ...inner, ""].slice(0, messages.length + 1), values: messages };
}

/** The message in English. */
export function english({ words, values }: Message): string {
  let text = words[0] ?? "";
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    text += `${typeof value === "object" ? english(value) : value}${words[index + 1] ?? ""}`;
  }
  return text;
}

/** The key of a message among translations: `{0} goroutines wait for {1} in {2}.` */
export function templateOf({ words }: Message): string {
  return words.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`)).join("");
}

/** The message in the words of `translate`, which gives the template to use for one: the values go where it says. */
export function word(message: Message, translate: (message: Message) => string): string {
  return translate(message).replace(PLACEHOLDER, (placeholder, before: string, index: string, after: string) => {
    const value = message.values[Number(index)];
    if (value === undefined) return placeholder;
    const text = typeof value === "object" ? word(value, translate) : String(value);
    const [first, last] = [before !== "" && /^[\w(]/.test(text), after !== "" && /[\w)]$/.test(text)];
    return `${before}${first ? " " : ""}${text}${last ? " " : ""}`;
  });
}

/** A value with the Chinese characters beside it: between those and Latin letters stands a space. */
const PLACEHOLDER = /(\p{Script=Han}?)\{(\d+)\}(?=(\p{Script=Han}?))/gu;
