/** A text of a dump or of a source for where the editor would show `$(name)` as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll("$(", "\\$(");
}
