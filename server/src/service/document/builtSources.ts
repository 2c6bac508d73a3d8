import { joined } from "../../core/text/say.ts";
import { decodeUtf8 } from "../../core/text/utf8.ts";
import type { RevisionsResult, SameLineResult } from "../../protocol/index.ts";
import { NEVER_CANCELLED, type CancellationToken } from "../base/ports.ts";
import { sourceRange } from "../base/ranges.ts";
import { Turns } from "../base/turns.ts";
import { words } from "../base/words.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import { canonicalUri, isBelow, joinUri } from "../locator/fileTree.ts";
import type { LocateContext } from "../locator/located.ts";
import { type BuiltSource, findBuiltSource, type SourceHost } from "../revision/builtSource.ts";
import { describeFit } from "../revision/describeFit.ts";
import type { History } from "../revision/history.ts";
import { MovedPlaces } from "../revision/movedPlaces.ts";
import { type NamedFile, parseRevisionUri } from "../revision/revisionUri.ts";
import type { PlacedFrames } from "./openText.ts";

/** Dumps whose beginning is read for versions that it names; larger ones are not read again. */
const MAX_READ_BYTES = 8 * 1024 * 1024;
const HEAD_BYTES = 64 * 1024;
/** Revisions that are offered to choose from. */
const MAX_OFFERED = 500;

interface Known {
  /** What it rests on besides the dump. */
  readonly key: string;
  readonly source: Promise<BuiltSource | undefined>;
}

/** The sources that the open dumps were built from, each worked out once as long as nothing changes. */
export class BuiltSources {
  readonly #host: LanguageServiceHost;
  readonly #known = new WeakMap<PlacedFrames["sourceFrames"], Known>();
  /** The user's answers: address of a dump to the name of a revision. */
  readonly #chosen: Map<string, string>;

  constructor(host: LanguageServiceHost) {
    this.#host = host;
    this.#chosen = new Map(Object.entries(host.chosenRevisions));
  }

  /** `key` names what the answer rests on besides the dump and the choice of a revision. Undefined: cancelled. */
  of(
    text: PlacedFrames,
    context: LocateContext,
    locators: Pick<SourceHost, "locator" | "locatorOver">,
    key: string,
    token: CancellationToken,
  ): Promise<BuiltSource | undefined> {
    const wanted = this.#chosen.get(text.uri);
    const whole = `${key} ${wanted}`;
    const known = this.#known.get(text.sourceFrames);
    if (known?.key === whole) return known.source;
    const { fileSystem, clock, openHistory } = this.#host;
    const folders = this.#host.folders().map((folder) => canonicalUri(folder.uri));
    const host = { ...locators, fileSystem, clock, folders, ...(openHistory && { openHistory }) };
    const turns = new Turns(clock);
    const dump = { frames: text.sourceFrames, context, wanted, readHead: () => this.#head(text.uri) };
    const source = findBuiltSource(dump, host, token, () => turns.pause());
    const own = { key: whole, source };
    this.#known.set(text.sourceFrames, own);
    const forget = (): void =>
      void (this.#known.get(text.sourceFrames) === own && this.#known.delete(text.sourceFrames));
    // One that was called off is tried again the next time; the caller hears of a failure.
    source.then((found) => found ?? forget(), forget);
    return source;
  }

  /** The user's choice; null: the revision is looked for again. */
  choose(dump: string, revision: string | null): void {
    if (revision === null) this.#chosen.delete(dump);
    else this.#chosen.set(dump, revision);
  }

  /** Which revision a dump is of, and which others there are. */
  async revisions(uri: string, { repositories, unused }: BuiltSource): Promise<RevisionsResult> {
    const [fit] = repositories;
    const chosen = this.#chosen.get(uri) ?? null;
    if (!fit) return { message: unused ? words(unused) : null, current: null, chosen, offered: [] };
    const { revisions } = await fit.history.candidates(NEVER_CANCELLED);
    const fitting = fit.kind === "none" ? [] : fit.best.map(({ revision }) => revision.name);
    const others = revisions.map(({ name }) => name).filter((name) => !fitting.includes(name));
    return {
      message: words(unused ? joined([describeFit(fit), unused], " ") : describeFit(fit)),
      current: fit.revision?.name ?? null,
      chosen,
      offered: [
        ...fitting.map((name) => ({ name, isFitting: true })),
        ...others.slice(0, MAX_OFFERED).map((name) => ({ name, isFitting: false })),
      ],
    };
  }

  /** The text of a file of a revision; undefined when the address is of none in a repository of one of some folders. */
  async text(uri: string, folders: readonly string[]): Promise<string | undefined> {
    const file = parseRevisionUri(uri);
    const history = file && (await this.#history(file, folders));
    const [blob] = history ? await history.blobs([file]) : [];
    const bytes = blob === undefined ? undefined : await history!.read(blob);
    return bytes && decodeUtf8(bytes);
  }

  /** Where a line (0-based) of such a file is today. */
  async sameLine(uri: string, line: number, folders: readonly string[]): Promise<SameLineResult> {
    const file = parseRevisionUri(uri);
    const history = file && (await this.#history(file, folders));
    if (!history) return { kind: "unknown", place: null, isMoved: false };
    const { fileSystem } = this.#host;
    const carried = await new MovedPlaces(history, file.commit, fileSystem).follow(file.path, line);
    const today = joinUri(file.root, file.path.split("/"));
    if (carried) {
      const place = { uri: carried.uri, range: sourceRange(carried.line) };
      return { kind: carried.kind, place, isMoved: carried.uri !== today };
    }
    const isThere = (await fileSystem.stat(today)) !== undefined;
    return { kind: isThere ? "unknown" : "noFile", place: null, isMoved: false };
  }

  async #head(uri: string): Promise<string> {
    const bytes = await this.#host.fileSystem.readFile(uri, MAX_READ_BYTES);
    return bytes ? decodeUtf8(bytes.subarray(0, HEAD_BYTES)) : "";
  }

  /** Only repositories that one of the folders is in: the client passes on what somebody may have written. */
  async #history({ root }: NamedFile, folders: readonly string[]): Promise<History | undefined> {
    for (const folder of folders.filter((each) => isBelow(each, root))) {
      const history = await this.#host.openHistory?.(folder);
      if (history?.root === root) return history;
    }
    return undefined;
  }
}
