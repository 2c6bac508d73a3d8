/** Dimmed text beside the title of the view: the dump's file name, and the filter if there is one. */
export function viewDescription(path: string, filter: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return filter === "" ? name : `${name} (${filter})`;
}
