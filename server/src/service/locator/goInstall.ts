import type { Logger } from "../base/ports.ts";
import { joinUri, type FileTree } from "./fileTree.ts";
import { goVersionIn, versionDistance } from "./goRelease.ts";
import type { GoEnv, LocatorOptions } from "./locatorOptions.ts";
import { folderUri } from "./pathMapping.ts";

/** A Go distribution on this machine. */
export interface GoRoot {
  readonly uri: string;
  /** `1.24.4`; undefined when its VERSION file does not tell, as in a checkout between releases. */
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
    const uris = [...(main === undefined ? [] : [main]), ...(await this.#toolchains()), ...(await this.#downloads())];
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

  /** `~/sdk/go1.24.2` folders, which the commands of `golang.org/dl` download. */
  async #downloads(): Promise<readonly string[]> {
    const home = this.#options.variable?.("userHome");
    const folder = home === undefined ? undefined : folderUri(`${home}/sdk`, undefined);
    if (folder === undefined) return [];
    const names = await this.#tree.folders(folder);
    return names.filter((name) => /^go1\.\d/.test(name)).map((name) => joinUri(folder, [name]));
  }

  async #versionOf(uri: string): Promise<string | undefined> {
    const text = (await this.#tree.read(joinUri(uri, ["VERSION"]))) ?? uri;
    return text.startsWith("devel") ? undefined : goVersionIn(text);
  }

  #goEnv(): Promise<GoEnv | undefined> {
    const { settings, goEnv, logger } = this.#options;
    if (!settings.trusted || !goEnv) return Promise.resolve(undefined);
    return (this.#env ??= goEnv().catch((error: unknown) => noEnv(logger, error)));
  }
}

/** GOPATH may be a list; modules are kept below its first folder. */
function firstOfList(gopath: string): string {
  return gopath.split(/^[A-Za-z]:[\\/]/.test(gopath) ? ";" : /[:;]/)[0] ?? gopath;
}

function noEnv(logger: Logger, error: unknown): undefined {
  logger.info(`go env gave no answer: ${String(error)}`);
  return undefined;
}
