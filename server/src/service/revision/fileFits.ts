import { decodeUtf8 } from "../../core/text/utf8.ts";
import { parseFrameFunction } from "../locator/frameFunction.ts";
import { isCommonName } from "../locator/frameTarget.ts";
import type { SourceFrame } from "../locator/located.ts";
import { doesAt } from "../locator/sourceFiles.ts";
import { type Drift, frameDrift, type ScannedText, scanText } from "./frameFit.ts";
import type { History } from "./history.ts";

/** Texts read for one search, and the bytes they may have together. */
const MAX_TEXTS = 4_000;
const MAX_BYTES = 256 * 1024 * 1024;

/** How many frames of a file fit one text of it. */
export interface TextFit {
  readonly fits: number;
  /** Whether a function encloses its line at all: frames that tell nothing do not make a text the right one. */
  readonly isProven: boolean;
  /** Whether what fits is more than a function that every program has (`main.main`). */
  readonly isBorneOut: boolean;
}

const ABSENT: TextFit = { fits: 0, isProven: false, isBorneOut: false };

/** The files of a repository that a dump has frames in, at any of its commits. Each text is read and compared once. */
export class FileFits {
  readonly #history: History;
  readonly #frames: ReadonlyMap<string, readonly SourceFrame[]>;
  readonly #goVersion: string | undefined;
  readonly #blobs = new Map<string, string | undefined>();
  readonly #fits = new Map<string, TextFit>();
  #bytesLeft = MAX_BYTES;
  #textsLeft = MAX_TEXTS;

  constructor(history: History, frames: ReadonlyMap<string, readonly SourceFrame[]>, goVersion: string | undefined) {
    this.#history = history;
    this.#frames = frames;
    this.#goVersion = goVersion;
  }

  get paths(): readonly string[] {
    return [...this.#frames.keys()];
  }

  /** Whether a limit was met, so that the fits are not what they would be. */
  get isExhausted(): boolean {
    return this.#textsLeft < 0 || this.#bytesLeft < 0;
  }

  frameCount(path: string): number {
    return this.#frames.get(path)?.length ?? 0;
  }

  /** The names of a file's texts at some commits, in their order; undefined where the file is absent. */
  async blobs(path: string, commits: readonly string[]): Promise<readonly (string | undefined)[]> {
    const unknown = commits.filter((commit) => !this.#blobs.has(keyOf(commit, path)));
    const blobs = await this.#history.blobs(unknown.map((commit) => ({ commit, path })));
    for (const [index, commit] of unknown.entries()) this.#blobs.set(keyOf(commit, path), blobs[index]);
    return commits.map((commit) => this.#blobs.get(keyOf(commit, path)));
  }

  async fit(path: string, blob: string | undefined): Promise<TextFit> {
    if (blob === undefined) return ABSENT;
    const key = keyOf(blob, path);
    const known = this.#fits.get(key);
    if (known) return known;
    const fit = await this.#compare(path, blob);
    this.#fits.set(key, fit);
    return fit;
  }

  async #compare(path: string, blob: string): Promise<TextFit> {
    if (--this.#textsLeft < 0) return ABSENT;
    const bytes = await this.#history.read(blob);
    this.#bytesLeft -= bytes?.length ?? 0;
    if (bytes === undefined || this.#bytesLeft < 0) return ABSENT;
    return textFit(decodeUtf8(bytes), this.#frames.get(path) ?? [], this.#goVersion);
  }
}

/** Compares the frames of a file with one text of it. */
export function textFit(text: string, frames: readonly SourceFrame[], goVersion: string | undefined): TextFit {
  const scanned = scanText(text);
  const drifts = frames.map((frame) => frameDrift(scanned, frame, goVersion));
  const proven = frames.filter((_, index) => drifts[index] === "none");
  return {
    fits: drifts.filter(isFitting).length,
    isProven: proven.length > 0,
    isBorneOut: proven.some((frame) => isTelling(scanned, frame)),
  };
}

function isTelling({ file, text }: ScannedText, frame: SourceFrame): boolean {
  return !isCommonName(parseFrameFunction(frame.function)) || doesAt(file, text, frame);
}

/** Whether nothing shows that a text is not the one that a frame was built from. */
export function isFitting(drift: Drift): boolean {
  return drift === "none" || drift === "unknown";
}

function keyOf(name: string, path: string): string {
  return `${name}:${path}`;
}
