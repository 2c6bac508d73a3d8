/** Texts that are remembered, and the length of the longest: what a dump says takes little memory behind its end. */
const MOST_TEXTS = 4096;
const LONGEST_TEXT = 512;

/** Remembers what `work` makes of short texts that come again and again, such as names of functions and files. */
export function remembered<T extends object | string | boolean>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const answer = known.get(text);
    if (answer !== undefined) return answer;
    const found = work(text);
    if (text.length > LONGEST_TEXT) return found;
    if (known.size >= MOST_TEXTS) known.clear();
    known.set(text, found);
    return found;
  };
}
