import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import type { Candidate, SearchRequest } from "./candidate.ts";
import { isCommonName } from "./frameTarget.ts";
import type { FoundSource, Located, SourceChoice } from "./located.ts";
import type { FileFit, SourceFiles } from "./sourceFiles.ts";
import { append } from "../../core/lists.ts";

interface Judged extends FileFit {
  readonly candidate: Candidate;
}

/**
 * Weighs the candidates of one search after another. A file whose function encloses the line ends the search; a firm
 * one that has drifted is kept for the case that no other firm one fits better, and then no guess is made any more.
 */
export class Verdict {
  readonly #files: SourceFiles;
  readonly #request: SearchRequest;
  readonly #drifted: Judged[] = [];

  constructor(files: SourceFiles, request: SearchRequest) {
    this.#files = files;
    this.#request = request;
  }

  /** Whether a firm file was found whose text has changed: guesses would only lead away from it. */
  get hasFirm(): boolean {
    return this.#drifted.some(({ candidate }) => candidate.isFirm);
  }

  /** Weighs the candidates of one search; an answer when they settle the matter. */
  async weigh(candidates: readonly Candidate[]): Promise<Located | undefined> {
    const judged: Judged[] = [];
    for (const candidate of candidates) {
      const isKnown = judged.some((one) => one.candidate.uri === candidate.uri);
      if (isKnown || (this.hasFirm && !candidate.isFirm)) continue;
      const one = {
        candidate,
        ...(await this.#files.fit(candidate.uri, this.#request.target, this.#request.goVersion)),
      };
      if (candidate.isFirm || (await this.#isBorneOut(one))) judged.push(one);
    }
    const fitting = judged.filter(({ fit }) => fit !== "elsewhere" && fit !== "absent");
    const enclosing = fitting.filter(({ fit }) => fit === "encloses");
    if (fitting.length === 0) append(this.#drifted, judged);
    return fitting.length === 0 ? undefined : this.#answer(enclosing.length > 0 ? enclosing : fitting);
  }

  /** The answer when no search settled it; undefined when nothing was found. */
  drifted(): Promise<Located | undefined> {
    const firm = this.#drifted.filter(({ candidate }) => candidate.isFirm);
    const [first] = firm;
    if (first) return this.#answer(firm.filter(({ candidate }) => candidate.how === first.candidate.how));
    return this.#drifted.length === 0 ? Promise.resolve(undefined) : this.#answer(distinct(this.#drifted));
  }

  async #answer(all: readonly Judged[]): Promise<Located> {
    const judged = all.length > 1 ? await this.#bestBorneOut(all) : all;
    const [only] = judged;
    const isSettled = judged.length === 1 && only !== undefined && !(await this.#needsConsent(only));
    if (isSettled) return this.#found(only);
    return { kind: "ambiguous", candidates: judged.map((one) => choice(one)) };
  }

  /** Of several guesses the one that other frames speak for; all of them when that does not decide. */
  async #bestBorneOut(judged: readonly Judged[]): Promise<readonly Judged[]> {
    const agreeing: Judged[] = [];
    for (const one of judged) if ((await this.#siblings(one.candidate)) === "agree") agreeing.push(one);
    const isGuess = judged.every(({ candidate }) => !candidate.isFirm);
    return isGuess && agreeing.length === 1 ? agreeing : judged;
  }

  #found({ candidate, fit, nearestLine }: Judged): FoundSource {
    const { line } = this.#request.target;
    const { uri, how, otherVersion } = candidate;
    const found = { kind: "found", uri, line, how, ...(otherVersion && { otherVersion }) } as const;
    // That the function encloses the line in another version does not make it the line.
    if (fit === "encloses" && otherVersion) return { ...found, proof: "unchecked" };
    if (fit === "encloses") return { ...found, proof: "encloses" };
    if (fit === "unchecked" || fit === "possible") return { ...found, proof: "unchecked" };
    return nearestLine === undefined ? { ...found, proof: "drifted" } : { ...found, proof: "drifted", nearestLine };
  }

  /** A guess counts only when the file has the function, and the functions of the other frames. */
  async #isBorneOut({ candidate, fit }: Judged): Promise<boolean> {
    if (fit === "absent") return false;
    return (await this.#siblings(candidate)) !== "disagree";
  }

  /** Whether a guess rests on so little that the user is to confirm it. */
  async #needsConsent({ candidate, fit }: Judged): Promise<boolean> {
    if (candidate.isFirm || candidate.isWeak !== true) return false;
    if (fit === "encloses" && !isCommonName(this.#request.target.name)) return false;
    return (await this.#siblings(candidate)) !== "agree";
  }

  #siblings({ uri }: Candidate): Promise<"agree" | "disagree" | "silent"> {
    const { frames, target } = this.#request;
    return this.#files.siblings(uri, frames.inFile(target.frame.file));
  }
}

function distinct(judged: readonly Judged[]): readonly Judged[] {
  return [...new Map(judged.map((one) => [one.candidate.uri, one])).values()];
}

function choice({ candidate, fit }: Judged): SourceChoice {
  const text = {
    encloses: words(say`its function encloses the line`),
    possible: words(say`a function literal is at the line`),
    elsewhere: words(say`its function is elsewhere in the file`),
    absent: words(say`it does not have the function`),
    unchecked: words(say`its text cannot be checked`),
  }[fit];
  return { uri: candidate.uri, why: `${candidate.how}; ${text}` };
}
