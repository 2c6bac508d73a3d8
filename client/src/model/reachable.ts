/** The two parts of a URI that say which machine it is on. */
export interface Origin {
  readonly scheme: string;
  readonly authority: string;
}

/**
 * Whether the server may ask for the file: it is on this machine's disk, or where a workspace folder is. A path in a dump
 * must never make the editor reach for another machine (`\\host\share`, `vscode-remote://...`).
 */
export function isReachable(uri: Origin, folders: readonly Origin[]): boolean {
  return (
    (uri.scheme === "file" && uri.authority === "") ||
    folders.some((folder) => folder.scheme === uri.scheme && folder.authority === uri.authority)
  );
}
