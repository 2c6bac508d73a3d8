/** The first Go version in a text (`go1.24.2.linux-amd64`, `/usr/lib/go-1.19/`, `/go/1.22.1/x64`), without `go`. */
export function goVersionIn(text: string): string | undefined {
  return /\bgo[-/]?(\d+\.\d+(?:\.\d+)?(?:(?:rc|beta)\d+)?)/.exec(text)?.[1];
}

/** 0: the same version; 1: another patch of it, whose lines may differ; 2: another one, or not known. */
export function versionDistance(version: string | undefined, wanted: string | undefined): number {
  if (version === undefined || wanted === undefined) return 2;
  if (version === wanted) return 0;
  return minor(version) === minor(wanted) ? 1 : 2;
}

function minor(version: string): string {
  return /^\d+\.\d+/.exec(version)?.[0] ?? version;
}

/** The version without `go`; undefined for `go1.22 or later`. */
export function exactGoVersion(goVersion: string | null): string | undefined {
  return /^go\S+$/.test(goVersion ?? "") ? goVersionIn(goVersion ?? "") : undefined;
}

/** `1.22` of `go1.22 or later`: the oldest release that a dump can be from; undefined when it tells one exactly or none. */
export function leastGoVersion(goVersion: string | null): string | undefined {
  return exactGoVersion(goVersion) === undefined ? goVersionIn(goVersion ?? "") : undefined;
}

/** Whether a release is not the one that is wanted; `1.22`, as folders are called, stands for each patch of it. */
export function isOtherRelease(version: string, wanted: string): boolean {
  return version !== wanted && !(isMinorRelease(wanted) && minor(version) === wanted);
}

/** Whether a release is older than any that a dump can be from. */
export function isOlderRelease(version: string, least: string): boolean {
  return minorNumber(version) < minorNumber(least);
}

/** Whether it is `1.22` alone. */
export function isMinorRelease(version: string): boolean {
  return /^\d+\.\d+$/.test(version);
}

function minorNumber(version: string): number {
  return Number(minor(version).split(".")[1]);
}
