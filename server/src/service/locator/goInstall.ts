import type { Logger } from "../base/ports.ts";
import { joinUri, type FileTree } from "./fileTree.ts";
import type { GoEnv, LocatorOptions } from "./locatorOptions.ts";
import { folderUri } from "./pathMapping.ts";

/** A Go distribution on this machine. */
export interface GoRoot {
  readonly uri: string;
  /** `1.24.4`; undefined when its VERSION file does not tell. */
  readonly version: string | undefined;
}

/** Where Go and its module cache are: settings first, then `go env`, then Go's default. */
export class GoInstall {
  readonly #tree: FileTree;
  readonly #options: LocatorOptions;
  #env: Promise<GoEnv | undefined> | undefined;

  constructor(tree: FileTree, options: LocatorOptions) {
    this.#tree = tree;
    this.#options = options;
  }

  /** The module cache; undefined when nothing tells where it is. */
  async moduleCache(): Promise<string | undefined> {
    const { settings, variable } = this.#options;
    if (settings.goModCache) return folderUri(settings.goModCache, undefined);
    const env = settings.gopath ? undefined : await this.#goEnv();
    if (env?.GOMODCACHE) return folderUri(env.GOMODCACHE, undefined);
    const home = variable?.("userHome");
    const gopath = settings.gopath || env?.GOPATH || (home === undefined ? undefined : `${home}/go`);
    const first = gopath === undefined ? undefined : firstOfList(gopath);
    return first === undefined ? undefined : folderUri(`${first}/pkg/mod`, undefined);
  }

  /** The distributions at hand, those of the wanted version first. */
  async roots(wanted: string | undefined): Promise<readonly GoRoot[]> {
    const { settings } = this.#options;
    const env = settings.goroot ? undefined : await this.#goEnv();
    const path = settings.goroot || env?.GOROOT;
    const main = path ? folderUri(path, undefined) : undefined;
    const uris = [...(main === undefined ? [] : [main]), ...(await this.#toolchains())];
    const roots = await Promise.all(uris.map(async (uri) => ({ uri, version: await this.#versionOf(uri) })));
    return roots.sort((a, b) => versionDistance(a.version, wanted) - versionDistance(b.version, wanted));
  }

  /** `golang.org/toolchain@v0.0.1-go1.24.2.linux-amd64` folders, which the go command downloads. */
  async #toolchains(): Promise<readonly string[]> {
    const cache = await this.moduleCache();
    if (cache === undefined) return [];
    const folder = joinUri(cache, ["golang.org"]);
    const names = await this.#tree.folders(folder);
    return names.filter((name) => name.startsWith("toolchain@")).map((name) => joinUri(folder, [name]));
  }

  async #versionOf(uri: string): Promise<string | undefined> {
    return goVersionIn((await this.#tree.read(joinUri(uri, ["VERSION"]))) ?? uri);
  }

  #goEnv(): Promise<GoEnv | undefined> {
    const { settings, goEnv, logger } = this.#options;
    if (!settings.trusted || !goEnv) return Promise.resolve(undefined);
    return (this.#env ??= goEnv().catch((error: unknown) => noEnv(logger, error)));
  }
}

/** The first Go version in a text (`go1.24.2.linux-amd64`, `/usr/lib/go-1.19/`, `/go/1.22.1/x64`), without `go`. */
export function goVersionIn(text: string): string | undefined {
  return /\bgo[-/]?(\d+\.\d+(?:\.\d+)?(?:(?:rc|beta)\d+)?)/.exec(text)?.[1];
}

/** 0: the same version; 1: another patch of it, whose lines may differ; 2: another one, or not known. */
function versionDistance(version: string | undefined, wanted: string | undefined): number {
  if (version === undefined || wanted === undefined) return 2;
  if (version === wanted) return 0;
  return minor(version) === minor(wanted) ? 1 : 2;
}

function minor(version: string): string {
  return /^\d+\.\d+/.exec(version)?.[0] ?? version;
}

/** GOPATH may be a list; modules are kept below its first folder. */
function firstOfList(gopath: string): string {
  return gopath.split(/^[A-Za-z]:[\\/]/.test(gopath) ? ";" : /[:;]/)[0] ?? gopath;
}

function noEnv(logger: Logger, error: unknown): undefined {
  logger.info(`go env gave no answer: ${String(error)}`);
  return undefined;
}

/** The version without `go`; undefined for `go1.22 or later`. */
export function exactGoVersion(goVersion: string | null): string | undefined {
  return /^go\S+$/.test(goVersion ?? "") ? goVersionIn(goVersion ?? "") : undefined;
}
