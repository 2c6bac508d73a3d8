import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import { compareSteps } from "../../core/compare/compareDumps.ts";
import { compareFleet } from "../../core/compare/fleet.ts";
import { inTimeOrder } from "../../core/compare/snapshotOrder.ts";
import { guessGoVersion } from "../../core/names/goVersion.ts";
import type { CompareParams, CompareResult } from "../../protocol/index.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import { framesOfDump } from "../locator/framesOfDump.ts";
import type { CancellationToken, ReportProgress } from "../base/ports.ts";
import { Turns } from "../base/turns.ts";
import type { Steps } from "../../core/steps.ts";
import type { PlacedFrames } from "../document/openText.ts";
import { fleetStack } from "./comparedStacks.ts";
import { type Compared, comparedDumps, compareSeries, pageOf } from "./compareSeries.ts";
import { DumpFiles, type DumpFilesHost, type FoundDump, type OpenDocuments, type ReadFile } from "./dumpFiles.ts";
import { firstOf } from "../base/bounded.ts";
import { dumpNames } from "./dumpNames.ts";

/** Dumps compared: each is a number in every stack that is sent. */
const DUMPS = 500;
/** Problems told. */
const PROBLEMS = 100;
/** Files whose times of writing lie closer were written by one copy, which tells nothing of when the dumps were taken. */
const LEAST_STEP_MS = 1000;

/** Compares dumps of files and of open documents. The last comparison is kept: it is asked for page by page. */
export class Comparisons {
  readonly #host: Pick<LanguageServiceHost, "clock" | "settings">;
  readonly #files: DumpFiles;
  #last: { readonly key: string; readonly compared: Compared } | undefined;

  constructor(host: DumpFilesHost & Pick<LanguageServiceHost, "settings">) {
    this.#host = host;
    this.#files = new DumpFiles(host);
  }

  /** One page; undefined when cancelled. */
  async page(
    { from, ...params }: CompareParams,
    documents: OpenDocuments,
    token: CancellationToken,
    progress: ReportProgress,
  ): Promise<CompareResult | undefined> {
    const key = JSON.stringify(params);
    const isNextPage = from > 0 && this.#last?.key === key;
    const compared = isNextPage ? this.#last?.compared : await this.#compare(params, documents, token, progress);
    if (compared === undefined) return undefined;
    this.#last = { key, compared };
    return pageOf(compared, from);
  }

  /** A file that was compared, as the source locator wants it. */
  textAt(uri: string): PlacedFrames {
    const dumps = this.#files.dumpsAt(uri);
    return {
      uri,
      sourceFrames: dumps.flatMap((dump) => framesOfDump(dump)),
      goVersion: dumps[0] ? guessGoVersion(dumps[0]) : null,
    };
  }

  async #compare(
    params: Omit<CompareParams, "from">,
    documents: OpenDocuments,
    token: CancellationToken,
    progress: ReportProgress,
  ): Promise<Compared | undefined> {
    const files = await this.#files.read(params.dumps, documents, token, progress);
    if (files === undefined) return undefined;
    const all = params.dumps.flatMap(({ uri, index }) => {
      const dumps = files.get(uri)?.dumps ?? [];
      return index === null ? dumps : dumps.slice(index, index + 1);
    });
    const named = all.slice(0, DUMPS);
    const left = all.length - named.length;
    const problems = [...(left > 0 ? [words(say`${left} more dumps are left out.`)] : []), ...problemsOf(files)];
    const turns = new Turns(this.#host.clock);
    if (params.kind === "fleet") return turns.run(compareHosts(named, problems), token);
    const timed = withTimes(named);
    const { rules } = await this.#host.settings(named.at(-1)?.uri ?? "");
    const isOff = (rule: string): boolean => rules[rule] === "off";
    return turns.run(compareSeries(params.sortByTime ? inTimeOrder(timed) : timed, problems, isOff), token);
  }
}

function* compareHosts(dumps: readonly FoundDump[], problems: readonly string[]): Steps<Compared> {
  const comparison = yield* compareSteps(dumps);
  const groups = compareFleet(comparison);
  return {
    dumps: comparedDumps(dumps),
    total: groups.length,
    stack: (index) => fleetStack(dumps, groups[index]!),
    findings: [],
    problems,
  };
}

/** Where no dump tells its time, the files' do, unless one copy wrote them all. */
function withTimes(dumps: readonly FoundDump[]): readonly FoundDump[] {
  const times = dumps.map(({ written }) => written ?? 0).sort((left, right) => left - right);
  const areApart = times.every((time, index) => index === 0 || time - times[index - 1]! >= LEAST_STEP_MS);
  const isUntold = dumps.every(({ time, written }) => time === null && written !== null);
  return isUntold && areApart ? dumps.map((dump) => ({ ...dump, time: dump.written })) : dumps;
}

function problemsOf(files: ReadonlyMap<string, ReadFile>): string[] {
  const uris = [...files.keys()];
  const names = dumpNames(uris);
  const problems = uris.flatMap((uri, index) => {
    const problem = files.get(uri)?.problem ?? null;
    return problem === null ? [] : [`${names[index]}: ${problem}`];
  });
  return firstOf(problems, PROBLEMS, (left) => words(say`${left} more files have problems.`));
}
