import { UsageError } from "./usageError.ts";

/** What `net/http/pprof` answers with all goroutines in text. */
const PPROF_PATH = "/debug/pprof/goroutine?debug=2";

/** One program to take a dump of. */
export interface CaptureTarget {
  /** An address with its secrets, or what a command gets. */
  readonly address: string;
  /** The same without user, password and query: it may be stored and shown. */
  readonly shown: string;
  readonly host: string;
  /** Value of the header `Authorization`; null: none. */
  readonly authorization: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Reads a list of targets: one a line, behind it `key=value` labels; `#` begins a comment. `areAddresses`: a line without a
 * path means `/debug/pprof/goroutine?debug=2` there, one without a scheme `http`.
 */
export function readTargets(text: string, areAddresses: boolean): readonly CaptureTarget[] {
  const targets = new Map<string, CaptureTarget>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const target = inLine(index + 1, () => readTarget(line, areAddresses));
    if (target === undefined) continue;
    // The same program twice would be two hosts to whoever counts them.
    const key = targetKey(target.shown, target.host);
    const same = targets.get(key);
    if (same !== undefined && same.address !== target.address) {
      throw new UsageError(
        `two targets are ${target.shown} but for their query, which is not kept: tell them apart with host=NAME`,
      );
    }
    targets.set(key, target);
  }
  return [...targets.values()];
}

/** Undefined: the line names none. */
function readTarget(line: string, areAddresses: boolean): CaptureTarget | undefined {
  const [word, ...rest] = line
    .replace(/(?:^|\s)#.*$/, "")
    .trim()
    .split(/\s+/);
  if (word === undefined || word === "") return undefined;
  if (word.includes("\0")) throw new UsageError("there is a NUL character in it: is the list in UTF-8?");
  const labels = Object.fromEntries(rest.map(readPair));
  return areAddresses ? addressTarget(word, labels) : commandTarget(word, labels);
}

/** Says of which line an error is. */
function inLine<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`line ${line} of the targets: ${error.message}`) : error;
  }
}

/** Tells targets apart: by what is shown of them, and by their host where they are only different in what is not shown. */
export function targetKey(shown: string, host: string): string {
  return `${shown}\n${host}`;
}

function readPair(word: string): readonly [string, string] {
  const at = word.indexOf("=");
  if (at < 1) throw new UsageError(`behind a target stand labels, KEY=VALUE, not ${word}`);
  if (word === "host=") throw new UsageError("host= names no host");
  return [word.slice(0, at), word.slice(at + 1)];
}

function commandTarget(word: string, labels: Readonly<Record<string, string>>): CaptureTarget {
  return { address: word, shown: word, host: labels["host"] ?? word, authorization: null, labels };
}

function addressTarget(word: string, labels: Readonly<Record<string, string>>): CaptureTarget {
  const { url, user } = parseAddress(word);
  if (url.pathname === "/" && url.search === "") url.href = new URL(PPROF_PATH, url).href;
  const authorization = user === null ? null : `Basic ${Buffer.from(user).toString("base64")}`;
  return {
    address: url.href,
    shown: `${url.protocol}//${url.host}${url.pathname}`,
    host: labels["host"] ?? url.host,
    authorization,
    labels,
  };
}

/** User and password end at the last `@` before the query: passwords hold any sign, also one that addresses reserve. */
function parseAddress(word: string): { readonly url: URL; readonly user: string | null } {
  const [, other] = /^(?!https?:)([a-z][a-z0-9+.-]*):\/\//i.exec(word) ?? [];
  if (other !== undefined) throw new UsageError(`only http and https can be asked, not ${other}`);
  const [, scheme = "http", rest = word] = /^(https?):\/\/(.*)$/is.exec(word) ?? [];
  const query = rest.indexOf("?");
  const at = rest.lastIndexOf("@", query < 0 ? undefined : query);
  const address = `${scheme}://${rest.slice(at + 1)}`;
  // The word may hold a password: it is not repeated.
  if (!URL.canParse(address)) throw new UsageError("a target is no address: HOST:PORT or http://HOST:PORT/PATH is one");
  return { url: new URL(address), user: at < 0 ? null : decoded(rest.slice(0, at)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A name for a dump that tells host and time, and leads nowhere but into its folder. `number`: of those that do. */
export function nameOfDump(host: string, time: Date, ending: string, number: number): string {
  const safe = host
    .replaceAll(/[^\w.-]+/g, "_")
    .replace(/^\.+/, "_")
    .slice(0, 100);
  const stamp = time.toISOString().replace(/[-:]/g, "").replace("T", "-").replace(/\.\d+/, "");
  return `${safe}${number === 1 ? "" : `_${number}`}-${stamp}.${ending}`;
}
