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

/** Scheme, what stands before the host (up to the last `@`: a password may hold more), host and port, path, query. */
const URL_PARTS = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i;
const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[^:\s[\]@]*)(?::(\d*))?$/i;
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
  const [, scheme = "http", authority = "", path = "", query = ""] = URL_PARTS.exec(text) ?? [];
  const { credentials, name, port } = partsOf(authority);
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
  return {
    kind: "read",
    base: { address, query: kept.join("&"), host },
    credentials,
  };
}

/** What stands between the scheme and the path. */
function partsOf(authority: string) {
  const at = authority.lastIndexOf("@");
  const [, name = "", port] = HOST_AND_PORT.exec(authority.slice(at + 1)) ?? [];
  return { credentials: at > 0 ? decoded(authority.slice(0, at)) : undefined, name, port };
}

/** Percent signs in user and password stand for characters that an address cannot hold. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An address as it may be shown and kept: without what stands before the host, and without its query. */
export function withoutSecrets(url: string): string {
  const [, start = "", authority = "", path = ""] = /^([a-z][a-z0-9+.-]*:\/\/|\/\/)?([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  return `${start}${start === "" ? authority : authority.slice(authority.lastIndexOf("@") + 1)}${path}`;
}

/** A profile to get: all stacks, the stacks counted and with labels, or what can never run again (1.26+, runs a GC). */
export type ProfileKind = "stacks" | "labels" | "leaks";

const PATHS: Readonly<Record<ProfileKind, string>> = {
  stacks: "goroutine?debug=2",
  labels: "goroutine?debug=1",
  leaks: "goroutineleak?debug=2",
};

/** The address of a profile, to ask for it: the query may hold a token. */
export function profileUrl(base: PprofBase, kind: ProfileKind): string {
  return `${shownProfileUrl(base, kind)}${base.query === "" ? "" : `&${base.query}`}`;
}

/** The address of a profile as it may be shown. */
export function shownProfileUrl({ address }: PprofBase, kind: ProfileKind): string {
  return `${address}/${PATHS[kind]}`;
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
