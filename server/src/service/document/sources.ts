import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { FrameRef, FrameResolution } from "../../protocol/index.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import type { OpenDump } from "./openDump.ts";
import type { OpenText } from "./openText.ts";
import type { CancellationToken } from "../base/ports.ts";
import { sourceRange } from "../base/ranges.ts";
import type { Settings } from "../host/settings.ts";
import type { SourceFacts } from "../../core/analysis/sourceFacts.ts";
import { canonicalUri, isBelow } from "../locator/fileTree.ts";
import type { FoundSource, LocateContext, Located } from "../locator/located.ts";
import { readSourceFacts } from "../locator/sourceFacts.ts";
import { Turns } from "../base/turns.ts";
import { createSourceLocator, type SourceLocator } from "../locator/sourceLocator.ts";

/** Locators kept: one for each different set of settings, which may differ by folder. */
const LOCATORS = 8;

/** A dump as the source locator sees it. */
export type PlacedFrames = Pick<OpenText, "uri" | "sourceFrames" | "goVersion">;

/** Where frames are on this machine: the source locator with the settings of each document. */
export class Sources {
  readonly #host: LanguageServiceHost;
  readonly #locators = new Map<string, SourceLocator>();
  /** The user's answers: path in the dump to address. */
  #choices: Record<string, string>;
  #generation = 0;

  constructor(host: LanguageServiceHost) {
    this.#host = host;
    this.#choices = { ...host.chosenSources };
  }

  /** Counts what may have changed answers: files, folders, choices. */
  get generation(): number {
    return this.#generation;
  }

  /** What the source says at the places where a dump's goroutines stand. */
  async facts(
    text: PlacedFrames,
    { dump, groups }: Pick<OpenDump, "dump" | "groups">,
    token: CancellationToken,
  ): Promise<SourceFacts> {
    const locator = this.#locatorFor(await this.#host.settings(text.uri));
    const turns = new Turns(this.#host.clock);
    return readSourceFacts(dump, groups.groups, locator, contextOf(text), token, () => turns.pause());
  }

  /** Where a frame's source is; undefined for a frame that prints no place, and when cancelled. */
  async locate(
    text: PlacedFrames,
    frame: Pick<FrameRef, "function" | "file" | "line">,
    token: CancellationToken,
  ): Promise<Located | undefined> {
    if (frame.file === null || frame.line === null) return undefined;
    const locator = this.#locatorFor(await this.#host.settings(text.uri));
    const wanted = { function: frame.function, file: frame.file, line: frame.line };
    const located = await locator.locate(wanted, contextOf(text), token);
    return token.isCancellationRequested ? undefined : located;
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
      return { kind: "notFound", tried: [words(say`The dump gives no place in the source for this frame.`)] };
    }
    const located = await this.locate(text, frame, token);
    return located && toResolution(located, frame.line);
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

  #locatorFor({ sourceMap, goroot, goModCache, gopath }: Settings): SourceLocator {
    const key = JSON.stringify([sourceMap, goroot, goModCache, gopath]);
    let locator = this.#locators.get(key);
    if (locator === undefined) {
      if (this.#locators.size >= LOCATORS) this.#locators.clear();
      const { fileSystem, logger, trusted, goEnv, variable } = this.#host;
      locator = createSourceLocator({
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
      this.#locators.set(key, locator);
    }
    return locator;
  }
}

function contextOf({ uri, goVersion, sourceFrames }: PlacedFrames): LocateContext {
  return { goVersion, dumpUri: uri, frames: sourceFrames };
}

/** A sentence when the source is not what the program was built from; null when it fits or cannot be checked. */
export function driftWarning(located: Located): string | null {
  if (located.kind !== "found" || located.proof !== "drifted") return null;
  return words(
    say`The source differs from what the program was built from: the function of this frame does not enclose the line.`,
  );
}

function toResolution(located: Located, line: number): FrameResolution {
  if (located.kind === "ambiguous") {
    return { kind: "ambiguous", candidates: located.candidates.map(({ uri, why }) => ({ uri, line, why })) };
  }
  if (located.kind !== "found") return located;
  const at = located.nearestLine ?? located.line;
  const place = { uri: located.uri, range: sourceRange(at) };
  return { kind: "found", place, how: located.how, warning: driftWarning(located) };
}
