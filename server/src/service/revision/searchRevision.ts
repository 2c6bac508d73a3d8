import type { CancellationToken, Clock } from "../base/ports.ts";
import type { SourceFrame } from "../locator/located.ts";
import { FileFits, type TextFit } from "./fileFits.ts";
import type { Candidates, History, Revision } from "./history.ts";

/** Commits at which all files are looked at, to learn how often each changes. */
const SAMPLES = 16;

/** How many of a dump's frames in the repository fit a revision. */
export interface RevisionScore {
  readonly revision: Revision;
  readonly fits: number;
}

/** The outcome of a search. */
export interface RevisionSearch {
  /**
   * - `exact`: one revision fits all frames, and it is the only one.
   * - `equal`: several fit all frames; what the dump shows does not tell them apart. Those come first that its text
   *   mentions, then tags, each the newest first.
   * - `none`: no revision fits them all. `best` has the closest one that was looked at, or nothing.
   */
  readonly kind: "exact" | "equal" | "none";
  readonly best: readonly RevisionScore[];
  /** Frames that were compared: those of files that some revision has. */
  readonly frames: number;
  /** Whether all of the repository's tags and latest commits were taken into account. */
  readonly isWhole: boolean;
}

/** What is searched for, and where. */
export interface RevisionRequest {
  readonly history: History;
  /** By path in the repository. */
  readonly frames: ReadonlyMap<string, readonly SourceFrame[]>;
  readonly goVersion: string | undefined;
  /** What the dump names itself: looked at first, and the answer when it fits. */
  readonly hints: readonly Revision[];
  /** Names that the dump's text mentions without saying of what: of equal ones such a one comes first. */
  readonly mentioned: ReadonlySet<string>;
  /** Whether the dump names the version: no tag counts then but those of `hints`. Absent: it does not. */
  readonly isVersioned?: boolean;
  /** Paths that are guessed: a text there has to fit by more than `main.main`. Absent: none are. */
  readonly guessed?: ReadonlySet<string>;
  readonly token: CancellationToken;
  readonly clock: Pick<Clock, "now">;
  /** When it is to end, by the clock. */
  readonly deadline: number;
}

/**
 * Finds the revision that a dump's program was built from. A revision fits when all frames do, so files are taken one
 * after the other and each leaves fewer candidates: of hundreds of tags, most are out after one or two files, and each
 * distinct text of a file is looked at once. Undefined: cancelled.
 */
export async function searchRevision(request: RevisionRequest): Promise<RevisionSearch | undefined> {
  const search = await Search.begin(request, request.hints);
  const hinted = await search.among(request.hints);
  const found = hinted.length > 0 ? hinted.slice(0, 1) : await search.among(search.candidates);
  const best = found.length > 0 ? found : await search.closest();
  return request.token.isCancellationRequested ? undefined : search.outcome(found, best);
}

/** Whether one revision is the one, and how many of the frames fit it. Undefined: cancelled. */
export async function scoreRevision(request: RevisionRequest, revision: Revision): Promise<RevisionSearch | undefined> {
  const search = await Search.begin(request, [revision]);
  const found = await search.among([revision]);
  const best = found.length > 0 ? found : [await search.score(revision)];
  return request.token.isCancellationRequested ? undefined : search.outcome(found, best);
}

class Search {
  readonly #request: RevisionRequest;
  readonly #candidates: Candidates;
  readonly #fits: FileFits;
  /** Files that some candidate has; others were made by the build, or are of another repository. */
  readonly #held = new Set<string>();
  readonly #unheld = new Set<string>();

  private constructor(request: RevisionRequest, candidates: Candidates) {
    this.#request = request;
    this.#candidates = candidates;
    this.#fits = new FileFits(request.history, request.frames, request.goVersion);
  }

  /** `more`: revisions that count as well, whether or not they are among the latest. */
  static async begin(request: RevisionRequest, more: readonly Revision[]): Promise<Search> {
    const { revisions, isWhole } = await request.history.candidates(request.token);
    const known = new Set(revisions.map(commitOf));
    const added = more.filter(({ commit }) => !known.has(commit));
    const named = new Set(more.map(commitOf));
    const counts = ({ isTag, commit }: Revision): boolean =>
      !isTag || request.isVersioned !== true || named.has(commit);
    return new Search(request, { revisions: [...revisions, ...added].filter(counts), isWhole });
  }

  /** What is not sure is not told: where a limit was met, nothing was found. */
  outcome(found: readonly RevisionScore[], best: readonly RevisionScore[]): RevisionSearch {
    const { isStopped, frames } = this;
    const kind = isStopped || found.length === 0 ? "none" : found.length === 1 ? "exact" : "equal";
    const { mentioned } = this.#request;
    const rank = ({ revision: { name, isTag } }: RevisionScore): number =>
      (isMentioned(name, mentioned) ? 0 : 2) + (isTag ? 0 : 1);
    const named = best.map((score) => ({ ...score, revision: byMentionedName(score.revision, mentioned) }));
    const ranked = named.sort((a, b) => rank(a) - rank(b));
    return { kind, best: isStopped ? [] : ranked, frames, isWhole: this.#candidates.isWhole && !isStopped };
  }

  get candidates(): readonly Revision[] {
    return this.#candidates.revisions;
  }

  /** Whether it ended before its time: what it found then is not sure. */
  get isStopped(): boolean {
    const { token, clock, deadline } = this.#request;
    return token.isCancellationRequested || this.#fits.isExhausted || clock.now() > deadline;
  }

  get frames(): number {
    return sum([...this.#held].map((path) => this.#fits.frameCount(path)));
  }

  /** Those of some revisions that fit all frames. */
  async among(revisions: readonly Revision[]): Promise<readonly RevisionScore[]> {
    let left = revisions;
    const proven = new Set<Revision>();
    for (const path of await this.#inTellingOrder(revisions)) {
      if (left.length === 0 || this.isStopped) return [];
      const blobs = await this.#fits.blobs(path, left.map(commitOf));
      if (!(await this.#isHeld(path, blobs))) continue;
      const fitting: Revision[] = [];
      for (const [index, revision] of left.entries()) {
        const fit = await this.#fits.fit(path, blobs[index]);
        if (this.isStopped) return [];
        if (this.#isRight(path, fit)) fitting.push(revision);
        if (fit.isProven) proven.add(revision);
      }
      left = fitting;
    }
    return left.filter((revision) => proven.has(revision)).map((revision) => ({ revision, fits: this.frames }));
  }

  #isRight(path: string, { fits, isBorneOut }: TextFit): boolean {
    return fits === this.#fits.frameCount(path) && (isBorneOut || this.#request.guessed?.has(path) !== true);
  }

  /** The revision with most fitting frames among samples of the history, taken closer and closer around the best. */
  async closest(): Promise<readonly RevisionScore[]> {
    const { candidates } = this;
    let [from, to] = [0, candidates.length];
    let best: RevisionScore | undefined;
    while (from < to && !this.isStopped) {
      const step = Math.max(1, Math.floor((to - from) / SAMPLES));
      for (let at = from; at < to; at += step) {
        const score = await this.score(candidates[at]!);
        if (score.fits > (best?.fits ?? 0)) best = score;
      }
      if (step === 1 || best === undefined) break;
      const at = candidates.indexOf(best.revision);
      [from, to] = [Math.max(0, at - step + 1), Math.min(candidates.length, at + step)];
    }
    return best ? [best] : [];
  }

  async score(revision: Revision): Promise<RevisionScore> {
    let fits = 0;
    for (const path of this.#fits.paths) {
      const [blob] = await this.#fits.blobs(path, [revision.commit]);
      if (!(await this.#isHeld(path, [blob]))) continue;
      fits += (await this.#fits.fit(path, blob)).fits;
    }
    return { revision, fits };
  }

  /**
   * The files in the order in which they are looked at: first those that change, the seldom changing ones before the
   * others, for a text that many revisions share is looked at once for all of them.
   */
  async #inTellingOrder(revisions: readonly Revision[]): Promise<readonly string[]> {
    const samples = sampleOf(revisions).map(commitOf);
    const texts = new Map<string, number>();
    for (const path of this.#fits.paths) {
      const count = new Set(await this.#fits.blobs(path, samples)).size;
      texts.set(path, count === 1 ? Infinity : count);
    }
    return [...texts].sort(([, a], [, b]) => a - b).map(([path]) => path);
  }

  /** `blobs`: the file's texts at some revisions. Whether any has it is asked of all only when these do not. */
  async #isHeld(path: string, blobs: readonly (string | undefined)[]): Promise<boolean> {
    if (this.#held.has(path)) return true;
    if (this.#unheld.has(path)) return false;
    const isHeld =
      blobs.some(isPresent) || (await this.#fits.blobs(path, this.candidates.map(commitOf))).some(isPresent);
    (isHeld ? this.#held : this.#unheld).add(path);
    return isHeld;
  }
}

function isPresent(blob: string | undefined): boolean {
  return blob !== undefined;
}

/** Some revisions at even distances, at most `most`, the newest first. */
export function sampleOf(revisions: readonly Revision[], most: number = SAMPLES): readonly Revision[] {
  const step = Math.max(1, Math.ceil(revisions.length / most));
  return revisions.filter((_, index) => index % step === 0);
}

/** The revision by that of its names which a text mentions, if it does one. */
function byMentionedName(revision: Revision, mentioned: ReadonlySet<string>): Revision {
  const { name, otherNames = [] } = revision;
  const found = [name, ...otherNames].find((each) => isMentioned(each, mentioned));
  return found === undefined ? revision : { ...revision, name: found };
}

/** Programs print their version without the `v` of its tag, too. */
function isMentioned(name: string, mentioned: ReadonlySet<string>): boolean {
  return mentioned.has(name) || mentioned.has(name.replace(/^v/, ""));
}

function commitOf({ commit }: Revision): string {
  return commit;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
