import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import { URI, Utils } from "vscode-uri";
import { canonicalUri, isBelow, joinUri, parentUri, uriSegments, type FileTree } from "./fileTree.ts";
import { parseGoMod, type GoModFile } from "../golang/goMod.ts";
import { indexedUri, type IndexedFile, type WorkspaceIndex } from "./workspaceIndex.ts";

/** `go.mod` files read. Larger workspaces are collections of repositories, where a path says enough. */
const MAX_MODULE_FILES = 2_000;
/** How many folders above a workspace folder are looked into for its `go.mod`. */
const MAX_PARENTS = 8;

/** A folder of known import path. */
export interface WorkspaceModule {
  /** Import path of the folder. */
  readonly path: string;
  readonly folder: string;
  /** How it is known, as part of a sentence. */
  readonly how: string;
  /** Whether a `replace` directive puts another module's name on the folder. */
  readonly isReplacement: boolean;
}

/** A version of a module that a `go.mod` asks for: the name it has in the module cache. */
export interface RequiredModule {
  readonly module: string;
  readonly cachePath: string;
  readonly version: string;
}

/** The modules of the workspace and what they require. */
export class WorkspaceModules {
  readonly #byPath = new Map<string, WorkspaceModule[]>();
  readonly #byFolder = new Map<string, WorkspaceModule>();
  readonly #required = new Map<string, RequiredModule[]>();

  constructor(modules: readonly WorkspaceModule[], requires: readonly RequiredModule[]) {
    for (const module of modules) {
      const alike = this.#byPath.get(module.path) ?? [];
      if (!alike.some(({ folder }) => folder === module.folder)) alike.push(module);
      this.#byPath.set(module.path, alike);
      if (!this.#byFolder.has(module.folder)) this.#byFolder.set(module.folder, module);
    }
    for (const one of requires) this.#required.set(one.module, [...(this.#required.get(one.module) ?? []), one]);
  }

  get all(): readonly WorkspaceModule[] {
    return [...this.#byPath.values()].flat();
  }

  /** The modules that can hold a package, those with the longest path first. */
  holding(importPath: string): readonly WorkspaceModule[] {
    return prefixes(importPath).flatMap((path) => this.#byPath.get(path) ?? []);
  }

  /** The versions required of the modules that can hold a package, the longest path first. */
  requiredFor(importPath: string): readonly RequiredModule[] {
    return prefixes(importPath).flatMap((path) => this.#required.get(path) ?? []);
  }

  /** The folder of a package of the workspace; undefined when no module of it can hold the package. */
  folderOf(importPath: string): string | undefined {
    const [module] = this.holding(importPath);
    if (module === undefined) return undefined;
    const below = importPath
      .slice(module.path.length)
      .split("/")
      .filter((element) => element !== "");
    return below.length === 0 ? module.folder : joinUri(module.folder, below);
  }

  /** The module a file is in; undefined when none is around it. */
  around(uri: string): WorkspaceModule | undefined {
    for (let folder = parentUri(uri); folder.includes("/"); folder = parentUri(folder)) {
      const module = this.#byFolder.get(folder);
      if (module) return module;
    }
    return undefined;
  }

  /** Import path of the package a file is in; undefined when no module is around it. */
  importPathOf(uri: string): string | undefined {
    const module = this.around(uri);
    if (!module) return undefined;
    const below = uriSegments(uri).slice(uriSegments(module.folder).length, -1);
    return [module.path, ...below].join("/");
  }
}

/** Reads the module files of the workspace. `trusted`: whether folders beside the workspace that they name are used. */
export async function loadWorkspaceModules(
  tree: FileTree,
  index: WorkspaceIndex,
  roots: readonly string[],
  trusted: boolean,
): Promise<WorkspaceModules> {
  const reader = new ModuleReader(tree, roots, trusted);
  for (const file of index.moduleFiles.slice(0, MAX_MODULE_FILES)) await reader.addFile(file);
  if (trusted) for (const root of roots) await reader.addModuleAround(root);
  return new WorkspaceModules(reader.modules, reader.requires);
}

class ModuleReader {
  readonly modules: WorkspaceModule[] = [];
  readonly requires: RequiredModule[] = [];
  readonly #tree: FileTree;
  readonly #roots: readonly string[];
  readonly #trusted: boolean;

  constructor(tree: FileTree, roots: readonly string[], trusted: boolean) {
    this.#tree = tree;
    this.#roots = roots;
    this.#trusted = trusted;
  }

  async addFile(file: IndexedFile): Promise<void> {
    const parsed = await this.#parse(indexedUri(file));
    const folder = joinUri(file.root, file.segments.slice(0, -1));
    if (!parsed) return;
    if (parsed.module !== "") await this.#add(parsed.module, folder, words(say`go.mod module ${parsed.module}`));
    for (const used of parsed.uses) await this.#addUsed(folder, used);
    await this.#addReplaced(folder, parsed);
    this.#addRequired(parsed);
  }

  /** When a workspace folder is a folder within a module, the `go.mod` above tells its import path. */
  async addModuleAround(root: string): Promise<void> {
    const segments = uriSegments(root);
    if (this.modules.some(({ folder }) => folder === root)) return;
    for (let up = 1; up <= Math.min(MAX_PARENTS, segments.length); up++) {
      const folder = canonicalUri(Utils.resolvePath(URI.parse(root), "../".repeat(up)).toString());
      const parsed = await this.#parse(joinUri(folder, ["go.mod"]));
      if (!parsed || parsed.module === "") continue;
      const path = [parsed.module, ...segments.slice(segments.length - up)].join("/");
      await this.#add(path, root, words(say`go.mod module ${parsed.module}`));
      this.#addRequired(parsed);
      return;
    }
  }

  async #parse(uri: string): Promise<GoModFile | undefined> {
    const text = await this.#tree.read(uri);
    return text === undefined ? undefined : parseGoMod(text);
  }

  async #addUsed(workFolder: string, used: string): Promise<void> {
    const folder = resolveFolder(workFolder, used);
    const parsed = folder === undefined ? undefined : await this.#parseAllowed(folder);
    if (folder === undefined || !parsed || parsed.module === "") return;
    await this.#add(parsed.module, folder, words(say`go.work module ${parsed.module}`));
  }

  async #parseAllowed(folder: string): Promise<GoModFile | undefined> {
    const file = joinUri(folder, ["go.mod"]);
    return (await this.#isAllowed(file)) ? this.#parse(file) : undefined;
  }

  async #addReplaced(folder: string, parsed: GoModFile): Promise<void> {
    for (const { module, target, targetVersion } of parsed.replaces) {
      if (targetVersion !== undefined) {
        this.requires.push({ module, cachePath: target, version: targetVersion });
        continue;
      }
      const resolved = resolveFolder(folder, target);
      if (resolved !== undefined) await this.#add(module, resolved, words(say`go.mod replacement of ${module}`), true);
    }
  }

  #addRequired(parsed: GoModFile): void {
    for (const [module, version] of parsed.requires) this.requires.push({ module, cachePath: module, version });
  }

  async #add(path: string, folder: string, how: string, isReplacement = false): Promise<void> {
    if (await this.#isAllowed(folder)) this.modules.push({ path, folder, how, isReplacement });
  }

  /** Nobody vouches for what a module file names: it has to be in the workspace, and no link on the way may lead out. */
  async #isAllowed(uri: string): Promise<boolean> {
    if (this.#trusted) return true;
    for (const root of this.#roots) if (isBelow(uri, root) && (await this.#tree.staysBelow(uri, root))) return true;
    return false;
  }
}

/** A folder named in a module file. Never one on another machine: `//host/share` is a path a stranger can write. */
function resolveFolder(from: string, target: string): string | undefined {
  const path = target.replaceAll("\\", "/");
  if (path.startsWith("//") || /^[a-z][\w+.-]+:/i.test(path)) return undefined;
  const base = URI.parse(from);
  const drive = /^[A-Za-z]:\//.test(path);
  if (drive && base.scheme !== "file") return undefined;
  return canonicalUri((drive ? base.with({ path: `/${path}` }) : Utils.resolvePath(base, path)).toString());
}

/** A path and the paths above it, the longest first. */
function prefixes(importPath: string): readonly string[] {
  const elements = importPath.split("/");
  return elements.map((_, i) => elements.slice(0, elements.length - i).join("/"));
}
