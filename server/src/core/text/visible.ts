/** Characters of one text that are shown where people read a line: a name of a dump may have megabytes. */
const VISIBLE_LIMIT = 4000;

/** Control characters (C0 and C1), line ends of any kind, and what turns the direction of writing or shows nothing. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** What begins a line that the runner of GitHub Actions takes for a command to itself, also behind blanks. */
const RUNNER_COMMAND = /^(\s*)([:#])(?=:|#\[)/;

/**
 * A text of a dump or of a file's name as it may go to a terminal, a log, or a label: on one line, with its control
 * characters shown instead of sent, no command to who keeps the log, and not longer than `limit` (UTF-16 units) and an ellipsis.
 */
export function visible(text: string, limit = VISIBLE_LIMIT): string {
  const plain = clip(text, limit).replace(UNSAFE, escaped);
  return plain.replace(RUNNER_COMMAND, (_, blanks: string, mark: string) => blanks + escaped(mark));
}

/** As {@link visible}, of a text whose line ends are its own. */
export function visibleLines(text: string, limit = VISIBLE_LIMIT): string {
  return clip(text, limit).replace(UNSAFE_IN_LINES, escaped);
}

/** A text for people to read, at most `limit` units: what could do something is U+FFFD; line ends and TABs stay. */
export function harmless(text: string, limit: number): string {
  return clip(text, limit).replace(UNSAFE_IN_LINES, (character) => (character === "\t" ? character : "\ufffd"));
}

/** As {@link visible}, of any length, for JSON: there all of these characters stand in strings, where escapes mean them. */
export function visibleJson(json: string): string {
  return json.search(UNSAFE_IN_JSON) < 0 ? json : json.replace(UNSAFE_IN_JSON, escaped);
}

const UNSAFE_IN_LINES = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** What JSON leaves as it is. */
const UNSAFE_IN_JSON = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The text, or the beginning of a long one with an ellipsis. Never half a surrogate pair. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const isPair = /[\ud800-\udbff]/.test(text[limit - 1] ?? "");
  return `${text.slice(0, isPair ? limit - 1 : limit)}…`;
}
