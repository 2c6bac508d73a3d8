import type { OtherVersion } from "../base/otherVersion.ts";
import { isMinorRelease } from "./goRelease.ts";
import type { Located, SourceVersion } from "./located.ts";

/** Longer ones are no paths that a user would want to fetch. */
const MAX_LENGTH = 200;
/** What Go allows in an element of a module's path, but no dash where an option could be meant, and no dot at its ends. */
const ELEMENT = /^(?![.-])[\w.~-]+(?<!\.)$/;
/** A name of a host, as modules that can be fetched begin with. */
const HOST = /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+$/;
/** A version in its canonical form, a pseudo-version too. */
const VERSION = /^v\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+incompatible)?$/;
const RELEASE = /^1\.\d{1,3}(?:\.\d{1,3})?(?:(?:rc|beta)\d{1,2})?$/;

/**
 * The command that brings the source of a version to this machine; undefined: there is none. A dump has made up what it is
 * of: each part is checked to be a word that no shell takes for more.
 *
 * Go's own is fetched by one program, `go run golang.org/dl/go1.24.4@latest download`: the program that `go install` would
 * leave in GOBIN may not be in the PATH, and not each shell knows `&&`.
 */
export function getCommand({ module, version }: SourceVersion): string | undefined {
  if (module.length + version.length > MAX_LENGTH) return undefined;
  if (module === "std") {
    const isRelease = RELEASE.test(version) && !isMinorRelease(version);
    return isRelease ? `go run golang.org/dl/go${version}@latest download` : undefined;
  }
  const elements = module.split("/");
  const isPath = elements.every((element) => ELEMENT.test(element)) && HOST.test(elements[0]!);
  return isPath && VERSION.test(version) ? `go mod download ${module}@${version}` : undefined;
}

/** The command that brings the version that is wanted; null: there is none. */
export function getCommandFor({ module, wanted }: OtherVersion): string | null {
  return (wanted !== null && getCommand({ module, version: wanted })) || null;
}

/** The command that brings the source of a frame as the program was built from it; null: it is here, or there is none. */
export function getCommandOf(located: Located): string | null {
  if (located.kind === "notFound") return (located.missing && getCommand(located.missing)) ?? null;
  return located.kind === "found" && located.otherVersion ? getCommandFor(located.otherVersion) : null;
}
