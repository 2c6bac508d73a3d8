import { URI } from "vscode-uri";
import type { BuiltFile } from "./builtSource.ts";

/** A file of a revision, as an address names it. */
export interface NamedFile {
  /** Address of the repository's top folder. */
  readonly root: string;
  readonly commit: string;
  /** Below the top folder. */
  readonly path: string;
}

/**
 * The address of a file of a revision, for a client that opens addresses of `scheme`. Its last name, which an editor shows,
 * is the file's with the revision's: `store.go (v1.3.0)`.
 */
export function revisionUri(scheme: string, { history, revision, path }: BuiltFile): string {
  const named: NamedFile = { root: history.root, commit: revision.commit, path };
  // A slash in a tag's name would leave but its end to be seen.
  const title = `/${path} (${revision.name.replaceAll("/", "\u2215")})`;
  return URI.from({ scheme, path: title, query: JSON.stringify(named) }).toString();
}

/** Undefined: the address is not one of {@link revisionUri}. It comes from the client: it may be anything. */
export function parseRevisionUri(uri: string): NamedFile | undefined {
  let value: unknown;
  try {
    value = JSON.parse(URI.parse(uri).query);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { root, commit, path } = value as Partial<Record<string, unknown>>;
  if (typeof root !== "string" || typeof commit !== "string" || typeof path !== "string") return undefined;
  return /^[0-9a-f]{40,64}$/.test(commit) ? { root, commit, path } : undefined;
}
