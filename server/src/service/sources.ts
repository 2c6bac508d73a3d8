import type { Frame } from "../core/model/stack.ts";
import type { SourceFacts } from "../core/source/sourceFacts.ts";
import type { FrameRef, FrameResolution } from "../protocol.ts";
import type { LanguageServiceHost } from "./host.ts";
import type { OpenText } from "./openText.ts";
import type { CancellationToken } from "./ports.ts";
import { sourceRange } from "./ranges.ts";
import type { Settings } from "./settings.ts";
import type { LocateContext, Located } from "./source/located.ts";
import { readSourceFacts } from "./source/sourceFacts.ts";
import { createSourceLocator, type SourceLocator } from "./source/sourceLocator.ts";

/** Locators kept: one for each different set of settings, which may differ by folder. */
const LOCATORS = 8;

/** Where frames are on this machine: the source locator with the settings of each document. */
export class Sources {
  readonly #host: LanguageServiceHost;
  readonly #locators = new Map<string, SourceLocator>();
  /** How often anything changed when the source was read for the findings of a text. */
  readonly #factsOf = new WeakMap<OpenText, number>();
  /** The user's answers: path in the dump to address. */
  #choices: Record<string, string>;
  #changes = 0;

  constructor(host: LanguageServiceHost) {
    this.#host = host;
    this.#choices = { ...host.chosenSources };
  }

  /** Where a frame's source is; undefined for a frame that prints no place, and when cancelled. */
  async locate(
    text: OpenText,
    frame: Pick<FrameRef, "function" | "file" | "line">,
    token: CancellationToken,
  ): Promise<Located | undefined> {
    if (frame.file === null || frame.line === null) return undefined;
    const locator = this.#locatorFor(await this.#host.settings(text.uri));
    const wanted = { function: frame.function, file: frame.file, line: frame.line };
    const located = await locator.locate(wanted, contextOf(text), token);
    return token.isCancellationRequested ? undefined : located;
  }

  /** The same as the protocol has it; undefined when cancelled. */
  async resolve(text: OpenText, frame: FrameRef, token: CancellationToken): Promise<FrameResolution | undefined> {
    if (frame.file === null || frame.line === null) {
      return { kind: "notFound", tried: ["The dump gives no place in the source for this frame."] };
    }
    const located = await this.locate(text, frame, token);
    return located && toResolution(located, frame.line);
  }

  /** Reads the source where the goroutines stand, for the findings; only when something changed since the last time. */
  async readFacts(text: OpenText, token: CancellationToken): Promise<void> {
    const changes = this.#changes;
    if (this.#factsOf.get(text) === changes) return;
    const locator = this.#locatorFor(await this.#host.settings(text.uri));
    const facts: SourceFacts[] = [];
    for (const { dump, groups } of text.dumps) {
      facts.push(await readSourceFacts(dump, groups.groups, locator, contextOf(text), token));
    }
    if (token.isCancellationRequested || this.#factsOf.get(text) === changes) return;
    text.useSource(facts);
    this.#factsOf.set(text, changes);
  }

  remember(file: string, uri: string): void {
    this.#changes++;
    this.#choices = { ...this.#choices, [file]: uri };
    for (const locator of this.#locators.values()) locator.remember(file, uri);
  }

  /** A file was changed, created or deleted. */
  invalidate(uri: string): void {
    this.#changes++;
    for (const locator of this.#locators.values()) locator.invalidate(uri);
  }

  /** The folders of the workspace changed. */
  reset(): void {
    this.#changes++;
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

function contextOf({ goVersion, uri, sourceFrames }: OpenText): LocateContext {
  return { goVersion, dumpUri: uri, frames: sourceFrames };
}

/** A frame of the model as the protocol has it. */
export function frameRef({ function: name, file, line }: Pick<Frame, "function" | "file" | "line">): FrameRef {
  return { function: name, file, line };
}

/** A sentence when the source is not what the program was built from; null when it fits or cannot be checked. */
export function driftWarning(located: Located): string | null {
  if (located.kind !== "found" || located.proof !== "drifted") return null;
  return "The source differs from what the program was built from: the function of this frame does not enclose the line.";
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
