import type { FileTree } from "./fileTree.ts";
import { fitFunction, isRuledOut, nearestLineOf, type Fit } from "./functionFit.ts";
import { isCommonName, type FrameTarget } from "./frameTarget.ts";
import { parseFrameFunction } from "./frameFunction.ts";
import { waitsAt } from "../golang/statement.ts";
import { scanGo, type GoFile } from "../golang/scanner.ts";
import { GO_STATEMENT, type SourceFrame } from "./located.ts";

/** Scanned files that are kept. */
const MAX_SCANS = 200;
/** Frames in one file that are compared with it. */
const MAX_SIBLINGS = 50;

/** How a frame fits the text of a file; `unchecked`: the file is no Go, too large, or the frame has no function. */
export interface FileFit {
  readonly fit: Fit | "unchecked";
  /** 0-based line nearest to the frame's in its function; undefined when the file has no such function. */
  readonly nearestLine: number | undefined;
}

/** The text of source files and what they declare. */
export class SourceFiles {
  readonly #tree: FileTree;
  readonly #scans = new Map<string, { readonly text: string; readonly file: GoFile }>();

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  /** Compares a frame with a file. `goVersion`: see {@link Fit} `possible`. */
  async fit(uri: string, target: FrameTarget, goVersion: string | undefined): Promise<FileFit> {
    const text = await this.#tree.read(uri);
    if (text === undefined) return { fit: "unchecked", nearestLine: undefined };
    const { name, line, frame } = target;
    if (!uri.endsWith(".go") || frame.function === "") return fitLineCount(text, line);
    const file = this.#scan(uri, text);
    if (name.packagePath === "main" && !name.isPart && !/^(?:main)?$/.test(file.packageName)) {
      return { fit: "absent", nearestLine: undefined };
    }
    const fit = fitFunction(file, name, line);
    return {
      fit: isUnplaced(fit, line) ? "unchecked" : isRuledOut(fit, name, goVersion) ? "absent" : fit,
      nearestLine: nearestLineOf(file, name, line),
    };
  }

  /**
   * Whether the frames of a file bear a candidate out: `agree` when a function that not every program has encloses its
   * line, or the line does what the dump says; `disagree` when a function is missing; `silent` when neither is so.
   */
  async siblings(uri: string, frames: readonly SourceFrame[]): Promise<"agree" | "disagree" | "silent"> {
    const text = uri.endsWith(".go") ? await this.#tree.read(uri) : undefined;
    if (text === undefined) return "silent";
    const file = this.#scan(uri, text);
    let verdict: "agree" | "silent" = "silent";
    for (const frame of frames.slice(0, MAX_SIBLINGS)) {
      const name = parseFrameFunction(frame.function);
      const fit = fitFunction(file, name, frame.line - 1);
      if (fit === "absent") return "disagree";
      if (fit === "encloses" && (!isCommonName(name) || doesAt(file, text, frame))) verdict = "agree";
    }
    return verdict;
  }

  /** How much speaks for a frame being of a file: 0, its function does not enclose the line; 2, the line does what it says. */
  async weight(uri: string, frame: SourceFrame): Promise<0 | 1 | 2> {
    const text = await this.#tree.read(uri);
    if (text === undefined) return 0;
    const file = this.#scan(uri, text);
    const isThere = fitFunction(file, parseFrameFunction(frame.function), frame.line - 1) === "encloses";
    return !isThere ? 0 : doesAt(file, text, frame) ? 2 : 1;
  }

  #scan(uri: string, text: string): GoFile {
    const known = this.#scans.get(uri);
    if (known?.text === text) return known.file;
    if (this.#scans.size >= MAX_SCANS) this.#scans.clear();
    const file = scanGo(text);
    this.#scans.set(uri, { text, file });
    return file;
  }
}

/** Whether a frame's line does, as far as one line shows, what the dump says it does. */
export function doesAt(file: GoFile, text: string, { calls, waits, line }: SourceFrame): boolean {
  if (calls === undefined) return waits !== undefined && waitsAt(text, line - 1, waits);
  if (calls === GO_STATEMENT) return file.wrappedCalls.has(line - 1);
  const { names, isPart } = parseFrameFunction(calls);
  const called = isPart ? undefined : names.at(-1)?.replace(/^_Cfunc_/, "");
  const code = text.split("\n", line)[line - 1] ?? "";
  return called !== undefined && code.split(/[^\p{L}\p{Nd}_]+/u).includes(called);
}

/** A file of another language fits as long as it has the line. */
function fitLineCount(text: string, line: number): FileFit {
  const last = text.split("\n").length - 1;
  return line <= last ? { fit: "unchecked", nearestLine: undefined } : { fit: "elsewhere", nearestLine: last };
}

/** Instructions that the compiler gives no line are shown at line 1, in loops that were interrupted while they ran. */
function isUnplaced(fit: Fit, line: number): boolean {
  return line === 0 && fit === "elsewhere";
}
