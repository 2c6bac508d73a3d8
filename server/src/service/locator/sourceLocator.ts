import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import { type CancellationToken, NEVER_CANCELLED } from "../base/ports.ts";
import { Answers } from "./answers.ts";
import type { Attempt, SearchRequest } from "./candidate.ts";
import { DumpFrames } from "./dumpFrames.ts";
import { canonicalUri, FileTree, isBelow, joinUri, parentUri, uriSegments } from "./fileTree.ts";
import { parseFramePath } from "./framePath.ts";
import { frameTarget, type FrameTarget } from "./frameTarget.ts";
import { FittingRoots } from "./fittingRoots.ts";
import { GoInstall } from "./goInstall.ts";
import { exactGoVersion, leastGoVersion } from "./goRelease.ts";
import { LearntRoots } from "./learntRoots.ts";
import type { FoundSource, LocateContext, Located, SourceFrame } from "./located.ts";
import type { LocatorOptions } from "./locatorOptions.ts";
import { PathMappings } from "./pathMapping.ts";
import { searchByImport, searchOtherVersions } from "./searchByImport.ts";
import { searchStandard } from "./searchStandard.ts";
import { searchBySuffix, searchInside } from "./searchWorkspace.ts";
import { SourceFiles } from "./sourceFiles.ts";
import { SourceWorkspace } from "./sourceWorkspace.ts";
import { versionOf } from "./standardPath.ts";
import { Verdict } from "./verdict.ts";

/** Finds the source of frames. It reads nothing outside the workspace, the mapped folders, GOROOT and the module cache. */
export interface SourceLocator {
  /** Where the source of a frame is. A cancelled search answers `notFound` with an empty list. */
  locate(frame: SourceFrame, context: LocateContext, token: CancellationToken): Promise<Located>;
  /** The text of a file that was found; undefined when it is gone or too large. */
  read(found: Pick<FoundSource, "uri">): Promise<string | undefined>;
  /** The files of the package that a file is in, or that the workspace has under an import path; none elsewhere. */
  packageFiles(of: { readonly uri: string } | { readonly importPath: string }): Promise<PackageFiles | undefined>;
  /** The modules whose source lies in folders of their own: of the workspace, those it names beside it, and Go itself. */
  modules(): Promise<readonly SourceModule[]>;
  /** The user's answer to an ambiguous frame: frames of `file` (as the dump writes it) are in `uri`. */
  remember(file: string, uri: string): void;
  /** All choices, for the host to keep and to pass in again. */
  readonly choices: Readonly<Record<string, string>>;
  /** A file was changed, created or deleted; without an address: anything may have. */
  invalidate(uri?: string): void;
}

/** The Go files of one folder. */
export interface PackageFiles {
  /** Import path; undefined when no module is around it. */
  readonly path: string | undefined;
  readonly uris: readonly string[];
}

/** A module in a folder that may be changed, or be a checkout of its repository. */
export interface SourceModule {
  /** `std`: Go itself. */
  readonly path: string;
  readonly folder: string;
  /** Undefined: not known. */
  readonly version: string | undefined;
  /** Whether a `replace` directive puts the folder in place of a version: what a path says of that is not true of it. */
  readonly isReplacement: boolean;
}

/** Makes a locator for a workspace; make a new one when the folders or the settings change. */
export function createSourceLocator(options: LocatorOptions): SourceLocator {
  return new Locator(options);
}

/** Dumps whose learnt folders are kept; each takes a few hundred bytes. */
const MAX_DUMPS = 200;

const NO_FRAMES: readonly SourceFrame[] = [];

class Locator implements SourceLocator {
  readonly #workspace: SourceWorkspace;
  readonly #tree: FileTree;
  readonly #files: SourceFiles;
  readonly #install: GoInstall;
  #roots: FittingRoots;
  readonly #mappings: PathMappings;
  readonly #choices: Map<string, string>;
  readonly #answers = new Answers();
  readonly #learnt = new Map<string, LearntRoots>();
  readonly #dumps = new WeakMap<readonly SourceFrame[], DumpFrames>();
  /** Counts the changes: what was found before one is not kept behind it. */
  #generation = 0;

  constructor(options: LocatorOptions) {
    this.#tree = new FileTree(options.fileSystem, options.settings.trusted);
    this.#workspace = new SourceWorkspace(options, this.#tree);
    this.#files = new SourceFiles(this.#tree);
    this.#install = new GoInstall(this.#tree, options);
    this.#roots = new FittingRoots(this.#tree, this.#install, this.#files);
    this.#mappings = new PathMappings(options);
    this.#choices = new Map(Object.entries(options.choices ?? {}));
  }

  get choices(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#choices);
  }

  read({ uri }: Pick<FoundSource, "uri">): Promise<string | undefined> {
    return this.#tree.read(uri);
  }

  async packageFiles(
    of: { readonly uri: string } | { readonly importPath: string },
  ): Promise<PackageFiles | undefined> {
    const workspace = await this.#workspace.open(NEVER_CANCELLED);
    if (workspace === undefined) return undefined;
    const { modules } = workspace;
    if ("uri" in of) return this.#filesOf(parentUri(of.uri), modules.importPathOf(of.uri));
    const { importPath } = of;
    const folder = modules.folderOf(importPath);
    if (folder !== undefined) return this.#filesOf(folder, importPath);
    // Without a module: below a folder of the workspace, as in a GOPATH, or the folder's name being its first element.
    for (const root of this.#workspace.folders) {
      const elements = importPath.split("/");
      const inside = elements[0] === uriSegments(root).at(-1) ? elements.slice(1) : elements;
      const found = await this.#filesOf(inside.length === 0 ? root : joinUri(root, inside), importPath);
      if (found !== undefined && found.uris.length > 0) return found;
    }
    return undefined;
  }

  async modules(): Promise<readonly SourceModule[]> {
    const workspace = await this.#workspace.open(NEVER_CANCELLED);
    const own = workspace?.modules.all ?? [];
    const roots = await this.#install.roots(undefined);
    return [
      ...own.map(({ path, folder, isReplacement }) => ({ path, folder, version: undefined, isReplacement })),
      ...roots.map(({ uri, version }) => ({
        path: "std",
        folder: joinUri(uri, ["src"]),
        version,
        isReplacement: false,
      })),
    ];
  }

  async #filesOf(folder: string, path: string | undefined): Promise<PackageFiles | undefined> {
    if (this.#rootOf(folder) === undefined) return undefined;
    const names = (await this.#tree.filesIn(folder)).filter((name) => name.endsWith(".go"));
    return { path, uris: names.map((name) => joinUri(folder, [name])) };
  }

  remember(file: string, uri: string): void {
    const chosen = canonicalUri(uri);
    this.#choices.set(file, chosen);
    for (const learnt of this.#learnt.values()) this.#learnChoice(learnt, file, chosen);
    this.#answers.clear();
  }

  invalidate(uri?: string): void {
    const changed = uri === undefined ? undefined : canonicalUri(uri);
    this.#tree.invalidate(changed);
    this.#workspace.invalidate(changed);
    // Go's own source is no file of the workspace, whose changes are told one by one.
    if (uri === undefined) this.#roots = new FittingRoots(this.#tree, this.#install, this.#files);
    this.#answers.clear();
    this.#generation++;
  }

  async locate(frame: SourceFrame, context: LocateContext, token: CancellationToken): Promise<Located> {
    const target = frameTarget(frame);
    if (typeof target === "string") return { kind: "generated", reason: target };
    // A name that is only a part of one does not tell its package.
    const owner = target.name.isPart ? frame.function : target.name.packagePath;
    const known = this.#answers.get(frame, owner, context);
    if (known) return known;
    const generation = this.#generation;
    const request = this.#request(target, context, token);
    const { answer, isNowhere } = await this.#search(request, context);
    if (token.isCancellationRequested) return { kind: "notFound", tried: [] };
    if (this.#learn(target, answer, context)) this.#answers.clear();
    if (generation !== this.#generation) return answer;
    // Where no file at all came into question, none does for the file's other frames.
    if (isNowhere) this.#answers.keepNowhere(frame, owner, context, answer);
    else this.#answers.keep(frame, context, answer);
    return answer;
  }

  #request(target: FrameTarget, context: LocateContext, token: CancellationToken): SearchRequest {
    const all = context.frames ?? NO_FRAMES;
    let frames = this.#dumps.get(all);
    if (!frames) this.#dumps.set(all, (frames = new DumpFrames(all)));
    const { goVersion } = context;
    return { target, frames, goVersion: exactGoVersion(goVersion), leastGo: leastGoVersion(goVersion), token };
  }

  /** `isNowhere`: no search had a file to propose. */
  async #search(
    request: SearchRequest,
    context: LocateContext,
  ): Promise<{ readonly answer: Located; readonly isNowhere: boolean }> {
    const verdict = new Verdict(this.#files, request);
    const tried: string[] = [];
    let isNowhere = true;
    for await (const attempt of this.#attempts(request, context)) {
      if (attempt.candidates.length > 0) isNowhere = false;
      const answer = await verdict.weigh(attempt.candidates);
      if (answer) return { answer, isNowhere };
      if (request.token.isCancellationRequested) break;
      if (attempt.tried !== undefined) tried.push(attempt.tried);
    }
    const missing = versionOf(request.target, request.goVersion);
    const notFound = { kind: "notFound", tried: [...new Set(tried)], ...(missing && { missing }) } as const;
    return { answer: (await verdict.drifted()) ?? notFound, isNowhere };
  }

  /** The searches, the surest first; the later ones are not begun when an earlier one settles it. */
  async *#attempts(request: SearchRequest, context: LocateContext): AsyncGenerator<Attempt> {
    yield this.#chosen(request);
    yield await this.#mapped(request);
    yield await searchInside(this.#tree, this.#workspace.folders, undefined, request);
    const workspace = await this.#workspace.open(request.token);
    if (!workspace) return;
    const { index, modules } = workspace;
    yield await searchInside(this.#tree, this.#workspace.folders, modules, request);
    const places = { tree: this.#tree, install: this.#install, modules, vendorFolders: index.vendorFolders };
    yield* searchByImport(places, request);
    yield await searchStandard({ tree: this.#tree, roots: this.#roots, modules }, request);
    yield await this.#learntFor(context).search(this.#tree, request);
    yield searchBySuffix(index, modules, request);
    yield await searchOtherVersions(places, request);
  }

  #chosen({ target }: SearchRequest): Attempt {
    const uri = this.#choices.get(target.frame.file);
    const isAllowed = uri !== undefined && this.#rootOf(uri) !== undefined;
    return { candidates: isAllowed ? [{ uri, how: words(say`your choice`), isFirm: true }] : [], tried: undefined };
  }

  async #mapped({ target }: SearchRequest): Promise<Attempt> {
    for (const { folder, segments, mapping } of this.#mappings.map(target.path)) {
      const found = await this.#tree.find(folder, segments);
      const how = words(say`your mapping of ${mapping.from} to ${mapping.to}`);
      if (found) return { candidates: [{ uri: found.uri, how, isFirm: true }], tried: undefined };
    }
    return { candidates: [], tried: words(say`No entry of the setting goroutineDump.sourceMap leads to it.`) };
  }

  #learntFor({ dumpUri = "" }: LocateContext): LearntRoots {
    let learnt = this.#learnt.get(dumpUri);
    if (learnt) return learnt;
    if (this.#learnt.size >= MAX_DUMPS) this.#learnt.clear();
    this.#learnt.set(dumpUri, (learnt = new LearntRoots()));
    for (const [file, uri] of this.#choices) this.#learnChoice(learnt, file, uri);
    return learnt;
  }

  #learnChoice(learnt: LearntRoots, file: string, uri: string): void {
    const path = parseFramePath(file);
    const root = this.#rootOf(uri);
    if (path.kind !== "generated" && root !== undefined) learnt.learn(path, uri, root, true);
  }

  /** Learns from a frame whose function encloses its line; true when that may change other answers. */
  #learn(target: FrameTarget, answer: Located, context: LocateContext): boolean {
    if (answer.kind !== "found" || answer.proof !== "encloses") return false;
    const root = this.#workspace.folders.find((folder) => isBelow(answer.uri, folder));
    return root !== undefined && this.#learntFor(context).learn(target.path, answer.uri, root);
  }

  /** The workspace folder or mapped folder that a file is in; undefined when it is in none. */
  #rootOf(uri: string): string | undefined {
    return [...this.#workspace.folders, ...this.#mappings.folders].find((root) => isBelow(uri, root));
  }
}
