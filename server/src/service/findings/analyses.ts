import { words } from "../base/words.ts";
import { say } from "../../core/text/say.ts";
import { foldSteps } from "../../core/condensed/foldFindings.ts";
import { applyIgnore, type Ignored } from "../../core/findings/applyIgnore.ts";
import type { Finding } from "../../core/findings/finding.ts";
import type { IgnoreEntry } from "../../core/findings/ignore.ts";
import { prepareDumps, type PreparedDump, type ReadSpans, type RunSteps } from "../analysis/analyseDump.ts";
import type { JudgedDumps } from "../analysis/judgedDumps.ts";
import { runUnseen } from "../base/ports.ts";
import { Turns } from "../base/turns.ts";
import type { WholeDump } from "../condensed/condenseDumps.ts";
import type { CondensedFiles } from "../condensed/condensedFiles.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import type { IgnoreFiles } from "./ignoreFiles.ts";

/** The findings of each dump of a text, by the dump's index, and what the ignore files make of them. */
export type TextFindings = readonly Ignored[];

/** See {@link AnalysedTexts.seen}. */
export interface SeenDump {
  readonly prepared: PreparedDump;
  readonly printed: readonly number[] | null;
}

/** The findings of a text as last asked for, and what they rest on. */
interface Known {
  readonly key: string;
  readonly findings: Promise<TextFindings>;
}

/** The findings of open texts: worked out once for each version, settings and state of sources and ignore files. */
export class AnalysedTexts {
  readonly #host: Pick<LanguageServiceHost, "clock" | "runLong">;
  readonly #judged: JudgedDumps;
  readonly #ignoreFiles: IgnoreFiles;
  readonly #condensed: Pick<CondensedFiles, "wholeOf">;
  readonly #known = new WeakMap<OpenText, Known>();
  readonly #prepared = new WeakMap<OpenDump, PreparedDump>();

  constructor(
    host: Pick<LanguageServiceHost, "clock" | "runLong">,
    judged: JudgedDumps,
    ignoreFiles: IgnoreFiles,
    condensed: Pick<CondensedFiles, "wholeOf">,
  ) {
    this.#host = host;
    this.#judged = judged;
    this.#ignoreFiles = ignoreFiles;
    this.#condensed = condensed;
  }

  /** The findings of a text, with what the source says where goroutines stand, and without those that are expected. */
  async of(text: OpenText): Promise<TextFindings> {
    const key = `${await this.#judged.stateOf(text)} ${this.#ignoreFiles.generation}`;
    const known = this.#known.get(text);
    if (known?.key === key) return known.findings;
    const findings = this.#analyse(text);
    this.#known.set(text, { key, findings });
    // A failed analysis is tried again the next time; the caller hears of the failure.
    findings.catch(() => this.#known.delete(text));
    return findings;
  }

  /**
   * A dump as its rules see it: of a file that is shown condensed all of the file, with the rows that its text prints, in
   * their order. `printed` is null where the text prints all. Undefined: called off.
   */
  async seen(text: OpenText, open: OpenDump): Promise<SeenDump | undefined> {
    const whole = this.#condensed.wholeOf(text.uri, open.index, open.dump);
    if (whole !== undefined) return whole;
    const turns = new Turns(this.#host.clock);
    const run: RunSteps = (steps) => turns.run(steps, text.token);
    const prepared = this.#prepared.get(open) ?? (await this.#prepare(open, run));
    return prepared && { prepared, printed: null };
  }

  #analyse(text: OpenText): Promise<TextFindings> {
    const { runLong = runUnseen, clock } = this.#host;
    return runLong({ title: words(say`Analysing goroutines`), stop: text.stop }, async () => {
      const turns = new Turns(clock);
      const run: RunSteps = (steps) => turns.run(steps, text.token);
      const folders = await this.#ignoreFiles.read();
      const expected = folders.flatMap(({ file }) => file.entries);
      const found: Ignored[] = [];
      // One after the other: thousands of dumps at the same time would each take a step within one turn.
      for (const open of text.dumps) found.push(await this.#ofDump(text, open, expected, run));
      return found;
    });
  }

  /** What is true of a whole file is true of its condensed text. Nothing when the text is out of date: nobody sees it. */
  async #ofDump(text: OpenText, open: OpenDump, expected: readonly IgnoreEntry[], run: RunSteps): Promise<Ignored> {
    const whole = this.#condensed.wholeOf(text.uri, open.index, open.dump);
    const findings =
      whole === undefined ? await this.#ofText(text, open, run) : await this.#ofWhole(text, whole, open, run);
    return applyIgnore(open.dump, open.groups, findings ?? [], expected);
  }

  async #ofText(text: OpenText, open: OpenDump, run: RunSteps): Promise<readonly Finding[] | undefined> {
    const prepared = this.#prepared.get(open) ?? (await this.#prepare(open, run));
    return prepared && this.#judged.of(prepared, text, text.token, run);
  }

  async #ofWhole(
    { token }: OpenText,
    whole: WholeDump,
    { dump }: OpenDump,
    run: RunSteps,
  ): Promise<readonly Finding[] | undefined> {
    const findings = await this.#judged.of(whole.prepared, whole.text, token, run);
    return findings && run(foldSteps(findings, whole, dump));
  }

  async #prepare(open: OpenDump, run: RunSteps): Promise<PreparedDump | undefined> {
    const { ranges } = open;
    const readSpans: ReadSpans = (spans) => Promise.resolve(ranges.allBytes(spans));
    const [prepared] = (await prepareDumps([open], { run, readSpans })) ?? [];
    if (prepared !== undefined) this.#prepared.set(open, prepared);
    return prepared;
  }
}
