/** The arguments of a call as Go 1.17 and later print them: `0x1`, `{0xc000012345, 0x5}`, `...`. */
export function splitWords(text: string): readonly string[] {
  const all: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === "{") depth++;
    else if (sign === "}") depth--;
    else if (sign === "," && depth === 0) {
      all.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === "" ? all : [...all, last];
}

/** What stands in the braces of a string, slice, interface, struct or array; undefined: it is one word. */
export function wordsOf(argument: string): readonly string[] | undefined {
  return /^\{.*\}$/.test(argument) ? splitWords(argument.slice(1, -1)) : undefined;
}
