/** The last part of a path: what people call the file. Slashes and backslashes are the same. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
