import { describeOtherVersion } from "../base/otherVersion.ts";
import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type {
  FrameRef,
  FrameResolution,
  RevisionsResult,
  SameLineResult,
  SourceVersionResult,
} from "../../protocol/index.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import type { OpenDump } from "./openDump.ts";
import type { OpenText, PlacedFrames } from "./openText.ts";
import type { CancellationToken, FileSystem } from "../base/ports.ts";
import { sourceRange } from "../base/ranges.ts";
import type { Settings } from "../host/settings.ts";
import type { SourceFacts } from "../../core/analysis/sourceFacts.ts";
import { canonicalUri, isBelow } from "../locator/fileTree.ts";
import { getCommandFor, getCommandOf } from "../locator/getCommand.ts";
import type { FoundSource, LocateContext, Located } from "../locator/located.ts";
import { readBuiltFacts } from "../revision/builtFacts.ts";
import type { BuiltPlace, BuiltSource } from "../revision/builtSource.ts";
import { revisionUri } from "../revision/revisionUri.ts";
import { BuiltSources } from "./builtSources.ts";
import { Turns } from "../base/turns.ts";
import { createSourceLocator, type SourceLocator } from "../locator/sourceLocator.ts";

/** Locators kept: one for each different set of settings, which may differ by folder. */
const LOCATORS = 8;

/** Where frames are on this machine: the source locator with the settings of each document. */
export class Sources {
  readonly #host: LanguageServiceHost;
  readonly #locators = new Map<string, SourceLocator>();
  /** The user's answers: path in the dump to address. */
  #choices: Record<string, string>;
  readonly #builtSources: BuiltSources;
  #generation = 0;

  constructor(host: LanguageServiceHost) {
    this.#host = host;
    this.#builtSources = new BuiltSources(host);
    this.#choices = { ...host.chosenSources };
  }

  /** Counts what may have changed answers: files, folders, choices. */
  get generation(): number {
    return this.#generation;
  }

  /**
   * What the source says at the places where a dump's goroutines stand; null when what the program was built from is not at
   * hand.
   */
  async facts(
    text: PlacedFrames,
    { dump, groups }: Pick<OpenDump, "dump" | "groups">,
    token: CancellationToken,
  ): Promise<SourceFacts | null> {
    const built = await this.built(text, token);
    const turns = new Turns(this.#host.clock);
    return built ? readBuiltFacts(dump, groups.groups, built, contextOf(text), token, () => turns.pause()) : null;
  }

  /** The source that a dump was built from. Undefined: cancelled. */
  async built(text: PlacedFrames, token: CancellationToken): Promise<BuiltSource | undefined> {
    const settings = await this.#host.settings(text.uri);
    const locators = {
      locator: this.#locatorFor(settings),
      locatorOver: (files: FileSystem) => this.#makeLocator(settings, files),
    };
    return this.#builtSources.of(text, contextOf(text), locators, `${this.#generation} ${keyOf(settings)}`, token);
  }

  /**
   * Where a frame's source is today; a line of a revision is followed there. Undefined for a frame that prints no place, and
   * when cancelled.
   */
  async locate(
    text: PlacedFrames,
    frame: Pick<FrameRef, "function" | "file" | "line">,
    token: CancellationToken,
  ): Promise<Located | undefined> {
    if (frame.file === null || frame.line === null) return undefined;
    const wanted = { function: frame.function, file: frame.file, line: frame.line };
    const place = (await this.built(text, token))?.place(wanted);
    const locator = this.#locatorFor(await this.#host.settings(text.uri));
    const located = await locator.locate(wanted, contextOf(text), token);
    if (token.isCancellationRequested) return undefined;
    return place ? followed(located, wanted.line - 1, place) : located;
  }

  /** The text of a file that was found; undefined when it is gone or too large. */
  async read(text: OpenText, found: FoundSource): Promise<string | undefined> {
    return this.#locatorFor(await this.#host.settings(text.uri)).read(found);
  }

  /** Whether a file that was found is in a folder of the workspace. */
  isInWorkspace({ uri }: FoundSource): boolean {
    return this.#host.folders().some((folder) => isBelow(uri, canonicalUri(folder.uri)));
  }

  /** The same as the protocol has it; undefined when cancelled. */
  async resolve(text: PlacedFrames, frame: FrameRef, token: CancellationToken): Promise<FrameResolution | undefined> {
    if (frame.file === null || frame.line === null) {
      const tried = [words(say`The dump gives no place in the source for this frame.`)];
      return { kind: "notFound", tried, get: null };
    }
    const { file, line, function: name } = frame;
    const built = (await this.built(text, token))?.place({ function: name, file, line });
    const { revisionScheme } = this.#host.client;
    if (built?.built && built.drift !== "none" && revisionScheme !== null) {
      const how = words(say`revision ${built.built.revision.name}`);
      const uri = revisionUri(revisionScheme, built.built);
      const place = { uri, range: sourceRange(line - 1) };
      return { kind: "found", place, how, warning: null, isOtherVersion: false, get: null };
    }
    const located = await this.locate(text, frame, token);
    return located && toResolution(located, line);
  }

  /** That a source file is of another version than a dump's program was built with; null when it is not. */
  async version(text: PlacedFrames, sourceUri: string, token: CancellationToken): Promise<SourceVersionResult> {
    const other = (await this.built(text, token))?.otherVersion(canonicalUri(sourceUri));
    return other ? { warning: words(describeOtherVersion(other)), get: getCommandFor(other) } : null;
  }

  /** Forgets what was found: files may have been fetched. */
  forget(): void {
    this.#generation++;
    for (const locator of this.#locators.values()) locator.invalidate();
  }

  /** Which revision a dump is of. */
  async revisions(text: PlacedFrames, token: CancellationToken): Promise<RevisionsResult | undefined> {
    const built = await this.built(text, token);
    return built && this.#builtSources.revisions(text.uri, built);
  }

  chooseRevision(dump: string, revision: string | null): void {
    this.#generation++;
    this.#builtSources.choose(dump, revision);
  }

  /** The text of a file of a revision, see `BuiltSources.text`. */
  async revisionText(uri: string): Promise<string | undefined> {
    return this.#builtSources.text(uri, await this.#checkouts(uri));
  }

  /** Where a line of a file of a revision is today. */
  async sameLine(uri: string, line: number): Promise<SameLineResult> {
    return this.#builtSources.sameLine(uri, line, await this.#checkouts(uri));
  }

  /** The folders of the workspace, those that it names beside it, and Go's own. */
  async #checkouts(uri: string): Promise<readonly string[]> {
    const modules = await this.#locatorFor(await this.#host.settings(uri)).modules();
    return [...this.#host.folders().map((folder) => canonicalUri(folder.uri)), ...modules.map(({ folder }) => folder)];
  }

  remember(file: string, uri: string): void {
    this.#generation++;
    this.#choices = { ...this.#choices, [file]: uri };
    for (const locator of this.#locators.values()) locator.remember(file, uri);
  }

  /** A file was changed, created or deleted. */
  invalidate(uri: string): void {
    this.#generation++;
    for (const locator of this.#locators.values()) locator.invalidate(uri);
  }

  /** The folders of the workspace changed. */
  reset(): void {
    this.#generation++;
    this.#locators.clear();
  }

  #locatorFor(settings: Settings): SourceLocator {
    const key = keyOf(settings);
    let locator = this.#locators.get(key);
    if (locator === undefined) {
      if (this.#locators.size >= LOCATORS) this.#locators.clear();
      this.#locators.set(key, (locator = this.#makeLocator(settings, this.#host.fileSystem)));
    }
    return locator;
  }

  #makeLocator({ sourceMap, goroot, goModCache, gopath }: Settings, fileSystem: FileSystem): SourceLocator {
    const { logger, trusted, goEnv, variable } = this.#host;
    return createSourceLocator({
      fileSystem,
      logger,
      folders: this.#host.folders(),
      settings: {
        sourceMap,
        trusted,
        ...(goroot !== "" && { goroot }),
        ...(goModCache !== "" && { goModCache }),
        ...(gopath !== "" && { gopath }),
      },
      ...(goEnv && { goEnv }),
      ...(variable && { variable }),
      choices: this.#choices,
    });
  }
}

/** Names the settings that sources are looked for with. */
function keyOf({ sourceMap, goroot, goModCache, gopath }: Settings): string {
  return JSON.stringify([sourceMap, goroot, goModCache, gopath]);
}

/** A place of today with what the revision tells of it: which line (0-based) the frame's has become, and in which file. */
function followed(located: Located, line: number, { uri, how, built, carried, otherVersion }: BuiltPlace): Located {
  const found = located.kind === "found" ? located : undefined;
  if (!built) return found && otherVersion ? { ...found, proof: unproven(found), otherVersion } : located;
  if (!found && !carried) return withGone(located, built.revision.name);
  const place = { kind: "found", how: how ?? words(say`revision ${built.revision.name}`), uri } as const;
  if (carried?.kind === "same") return { ...place, line: carried.line, proof: "encloses" };
  const nearest = carried?.line ?? found?.nearestLine;
  return { ...place, line, proof: "drifted", ...(nearest !== undefined && { nearestLine: nearest }) };
}

/** Says that a file which was not found is gone since. */
function withGone(located: Located, revision: string): Located {
  if (located.kind !== "notFound") return located;
  return { ...located, tried: [words(say`Revision ${revision} has the file; it is gone today.`), ...located.tried] };
}

/** That the function encloses the line in another version does not make it the line. */
function unproven({ proof }: FoundSource): FoundSource["proof"] {
  return proof === "encloses" ? "unchecked" : proof;
}

function contextOf({ uri, goVersion, sourceFrames }: PlacedFrames): LocateContext {
  return { goVersion, dumpUri: uri, frames: sourceFrames };
}

/** A sentence when the source is not what the program was built from; null when it fits or cannot be checked. */
export function driftWarning(located: Located): string | null {
  if (located.kind !== "found") return null;
  if (located.otherVersion) return words(describeOtherVersion(located.otherVersion));
  if (located.proof !== "drifted") return null;
  return words(
    say`The source differs from what the program was built from: the function of this frame does not enclose the line.`,
  );
}

function toResolution(located: Located, line: number): FrameResolution {
  if (located.kind === "ambiguous") {
    return { kind: "ambiguous", candidates: located.candidates.map(({ uri, why }) => ({ uri, line, why })) };
  }
  const get = getCommandOf(located);
  if (located.kind === "notFound") return { kind: "notFound", tried: located.tried, get };
  if (located.kind !== "found") return located;
  const at = located.nearestLine ?? located.line;
  const place = { uri: located.uri, range: sourceRange(at) };
  const isOtherVersion = located.otherVersion !== undefined;
  return { kind: "found", place, how: located.how, warning: driftWarning(located), isOtherVersion, get };
}
