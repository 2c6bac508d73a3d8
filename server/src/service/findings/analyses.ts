import { foldSteps } from "../../core/condensed/foldFindings.ts";
import { applyIgnore, type Ignored } from "../../core/findings/applyIgnore.ts";
import type { ArgumentSource, Call } from "../../core/analysis/arguments.ts";
import type { Finding } from "../../core/findings/finding.ts";
import { blockSpan, readCalls } from "../../core/analysis/readArguments.ts";
import { ruleSteps } from "../../core/findings/runRules.ts";
import { TraitsTable } from "../../core/analysis/traits.ts";
import { planSteps } from "../../core/locks/planArguments.ts";
import type { Dump } from "../../core/model/dump.ts";
import type { WholeDump } from "../condensed/condenseReading.ts";
import type { CondensedFiles } from "../condensed/condensedFiles.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import type { IgnoreFiles } from "./ignoreFiles.ts";
import type { OpenDump } from "../document/openDump.ts";
import type { OpenText } from "../document/openText.ts";
import { runUnseen } from "../base/ports.ts";
import type { Settings } from "../host/settings.ts";
import type { Sources } from "../document/sources.ts";
import { Turns } from "../base/turns.ts";

/** The findings of each dump of a text, by the dump's index, and what the ignore files make of them. */
export type TextFindings = readonly Ignored[];

const NO_ROWS = new Uint32Array(0);

interface Analysis {
  readonly settings: Settings;
  /** Of the sources and of the ignore files. */
  readonly generations: string;
  readonly findings: Promise<TextFindings>;
}

/** Runs the rules over open texts: once for each version, settings and state of sources and ignore files. */
export class Analyses {
  readonly #host: LanguageServiceHost;
  readonly #sources: Sources;
  readonly #ignoreFiles: IgnoreFiles;
  readonly #condensed: CondensedFiles;
  readonly #known = new WeakMap<OpenText, Analysis>();

  constructor(host: LanguageServiceHost, sources: Sources, ignoreFiles: IgnoreFiles, condensed: CondensedFiles) {
    this.#condensed = condensed;
    this.#host = host;
    this.#sources = sources;
    this.#ignoreFiles = ignoreFiles;
  }

  /** The findings of a text, with what the source says where goroutines stand, and without those that are expected. */
  async of(text: OpenText): Promise<TextFindings> {
    const settings = await this.#host.settings(text.uri);
    const generations = `${this.#sources.generation} ${this.#ignoreFiles.generation}`;
    let known = this.#known.get(text);
    if (known?.settings !== settings || known.generations !== generations) {
      known = { settings, generations, findings: this.#analyse(text, settings) };
      this.#known.set(text, known);
      // A failed analysis is tried again the next time; who asked for it hears of the failure.
      known.findings.catch(() => this.#known.delete(text));
    }
    return known.findings;
  }

  #analyse(text: OpenText, settings: Settings): Promise<TextFindings> {
    const { runLong = runUnseen } = this.#host;
    return runLong({ title: "Analysing goroutines", stop: text.stop }, () =>
      Promise.all(text.dumps.map((open) => this.#findings(text, open, settings))),
    );
  }

  async #findings(text: OpenText, open: OpenDump, settings: Settings): Promise<Ignored> {
    const { dump, groups } = open;
    const turns = new Turns(this.#host.clock);
    const whole = this.#condensed.wholeOf(text.uri, open.index, dump);
    const findings =
      whole === undefined
        ? await this.#ofText(text, open, settings, turns)
        : await this.#ofWhole(text, whole, dump, settings, turns);
    const ignoring = await this.#ignoreFiles.read();
    return applyIgnore(
      dump,
      groups,
      findings,
      ignoring.flatMap(({ file }) => file.entries),
    );
  }

  async #ofText(text: OpenText, open: OpenDump, settings: Settings, turns: Turns): Promise<readonly Finding[]> {
    const traits = new TraitsTable(open.dump, open.groups);
    const rows = (await turns.run(planSteps(traits), text.token)) ?? NO_ROWS;
    return this.#run(text, traits, await readAgain(text, open, rows, turns), settings, turns);
  }

  /** What is true of the file is true of its condensed text. */
  async #ofWhole(
    text: OpenText,
    whole: WholeDump,
    shown: Dump,
    settings: Settings,
    turns: Turns,
  ): Promise<readonly Finding[]> {
    const findings = await this.#run(text, whole.traits, whole.arguments, settings, turns);
    return (await turns.run(foldSteps(findings, whole, shown), text.token)) ?? [];
  }

  /** Nothing when the text is out of date before they are found: nobody sees them. */
  async #run(
    text: OpenText,
    traits: TraitsTable,
    args: ArgumentSource | null,
    { thresholds, rules }: Settings,
    turns: Turns,
  ): Promise<readonly Finding[]> {
    const source = await this.#sources.facts(text, traits);
    const context = { thresholds, levels: rules, arguments: args, source };
    return (await turns.run(ruleSteps(traits, context), text.token)) ?? [];
  }
}

/** Reads again the goroutines whose arguments the rules want. */
async function readAgain(
  { token }: OpenText,
  { dump, ranges }: OpenDump,
  rows: Uint32Array,
  turns: Turns,
): Promise<ArgumentSource> {
  const calls = new Map<number, readonly Call[]>();
  for (const row of rows) {
    const read = readCalls(dump, row, ranges.bytes(blockSpan(dump, row)));
    if (read !== undefined) calls.set(row, read);
    await turns.pause();
    if (token.isCancellationRequested) break;
  }
  return { rows, calls: (row) => calls.get(row) };
}
