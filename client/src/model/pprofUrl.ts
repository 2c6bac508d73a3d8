/** Where a program serves its profiles, as `net/http/pprof` does. */
export interface PprofBase {
  /** Without a slash at the end and without credentials: `http://localhost:6060/debug/pprof`. */
  readonly address: string;
  /** What else the address asks for, e.g. a token that a proxy wants: `a=1&b=2`; empty for nothing. */
  readonly query: string;
  /** `host:port`, for names of files and titles. */
  readonly host: string;
}

/** The address a user typed, read; `credentials` are `user:password` as they stood in it. */
export type ReadUrl =
  | { readonly kind: "read"; readonly base: PprofBase; readonly credentials: string | undefined }
  | { readonly kind: "malformed"; readonly reason: "empty" | "scheme" | "host" | "port" };

/** Scheme, credentials, host, port, path, query. */
const URL_PARTS =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^@/?#]*)@)?(\[[0-9a-f:.]+\]|[^:/?#\s[\]]*)(?::(\d*))?(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i;
/** A path as far as the folder that pprof serves its profiles in, as most mount it. */
const PPROF_FOLDER = /^(.*\/pprof)(?:\/.*)?$/;
/** Parameters of a profile itself. */
const OWN_PARAMETERS = /^(?:debug|gc|seconds)(?:=|$)/;

/**
 * Reads whatever names a program's profiles: `localhost:6060`, `:6060`, `http://host/debug/pprof/`, the address of one
 * profile, a path below which `/debug/pprof` is mounted. Without a scheme it is `http`.
 */
export function readPprofUrl(typed: string): ReadUrl {
  const text = typed.trim();
  if (text === "") {
    return { kind: "malformed", reason: "empty" };
  }
  const [, scheme = "http", credentials, name = "", port, path = "", query = ""] = URL_PARTS.exec(text) ?? [];
  if (!/^https?$/i.test(scheme)) {
    return { kind: "malformed", reason: "scheme" };
  }
  if (port !== undefined && !isPort(port)) {
    return { kind: "malformed", reason: "port" };
  }
  if (name === "" && port === undefined) {
    return { kind: "malformed", reason: "host" };
  }
  const host = `${name === "" ? "localhost" : name}${port === undefined ? "" : `:${port}`}`.toLowerCase();
  const address = `${scheme.toLowerCase()}://${host}${folderOf(path)}`;
  const kept = query.split("&").filter((parameter) => parameter !== "" && !OWN_PARAMETERS.test(parameter));
  return { kind: "read", base: { address, query: kept.join("&"), host }, credentials: credentials || undefined };
}

/** A profile to get: all stacks, the stacks counted and with labels, or what can never run again (1.26+, runs a GC). */
export type ProfileKind = "stacks" | "labels" | "leaks";

const PATHS: Readonly<Record<ProfileKind, string>> = {
  stacks: "goroutine?debug=2",
  labels: "goroutine?debug=1",
  leaks: "goroutineleak?debug=2",
};

/** The address of a profile. */
export function profileUrl({ address, query }: PprofBase, kind: ProfileKind): string {
  return `${address}/${PATHS[kind]}${query === "" ? "" : `&${query}`}`;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536;
}

function folderOf(path: string): string {
  const trimmed = path.replace(/(?<!\/)\/+$/, "");
  const folder = PPROF_FOLDER.exec(trimmed)?.[1];
  if (folder !== undefined) {
    return folder;
  }
  // A profile served elsewhere keeps its folder.
  return trimmed.endsWith("/goroutine") ? trimmed.slice(0, -"/goroutine".length) : `${trimmed}/debug/pprof`;
}
