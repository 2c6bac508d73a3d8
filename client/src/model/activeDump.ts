/**
 * The dump the views show: the one in the focused editor; else the one shown so far, as long as it is open, so that
 * looking at its sources does not lose it; else the dump that was opened last.
 *
 * @param shown URI of the dump shown so far.
 * @param focused URI of the dump in the focused editor; undefined when that editor shows something else.
 * @param open URIs of all open dumps, in the order of opening.
 */
export function chooseActiveDump(
  shown: string | undefined,
  focused: string | undefined,
  open: readonly string[],
): string | undefined {
  if (focused !== undefined) {
    return focused;
  }
  return shown !== undefined && open.includes(shown) ? shown : open.at(-1);
}
