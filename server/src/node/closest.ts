/** Letters in which two words may differ and still be the same one misspelt. */
const MAX_DISTANCE = 2;

/** The word that somebody seems to have meant; undefined: none is near, or several are. */
export function closest(word: string, words: readonly string[]): string | undefined {
  const ranked = words
    .map((each) => ({ each, distance: distanceOf(word, each) }))
    .filter(({ each, distance }) => distance <= Math.min(MAX_DISTANCE, each.length - 2))
    .sort((a, b) => a.distance - b.distance);
  const [best, next] = ranked;
  return best?.distance === next?.distance ? undefined : best?.each;
}

/** Letters to put in, take out or replace, as Levenshtein counts them. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 0; index < one.length; index++) {
    const next = [index + 1];
    for (let at = 0; at < other.length; at++) {
      next.push(Math.min(row[at + 1]! + 1, next[at]! + 1, row[at]! + (one[index] === other[at] ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? one.length;
}
