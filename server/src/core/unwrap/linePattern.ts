/**
 * Column behind what a user says stands before each line, or -1 when the line begins otherwise. A `*` stands for any
 * characters, as few as possible: `* [shop] ` fits `2026-01-02 03:04:05 [shop] `. No regular expression: a setting may
 * come with a folder that nobody trusts, and this is linear in the line's length.
 */
export function matchLinePattern(pattern: string, line: string): number {
  const [first = "", ...rest] = pattern.split("*");
  if (!line.startsWith(first)) return -1;
  let at = first.length;
  for (const part of rest) {
    const found = line.indexOf(part, at);
    if (found < 0) return -1;
    at = found + part.length;
  }
  return at;
}
