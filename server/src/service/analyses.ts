import type { ArgumentSource } from "../core/findings/arguments.ts";
import type { Finding } from "../core/findings/finding.ts";
import { runRules } from "../core/findings/runRules.ts";
import { planArguments } from "../core/locks/planArguments.ts";
import type { BlockFrame } from "../core/traceback/block.ts";
import type { LanguageServiceHost } from "./host.ts";
import type { OpenDump } from "./openDump.ts";
import type { OpenText } from "./openText.ts";
import type { Settings } from "./settings.ts";
import type { Sources } from "./sources.ts";
import { readGoroutine } from "./textBlock.ts";
import { Turns } from "./turns.ts";

/** The findings of each dump of a text, by the dump's index; surest first. */
export type TextFindings = readonly (readonly Finding[])[];

interface Analysis {
  readonly settings: Settings;
  readonly generation: number;
  readonly findings: Promise<TextFindings>;
}

/** Runs the rules over open texts: once for each version, settings and state of the sources. */
export class Analyses {
  readonly #host: LanguageServiceHost;
  readonly #sources: Sources;
  readonly #known = new WeakMap<OpenText, Analysis>();

  constructor(host: LanguageServiceHost, sources: Sources) {
    this.#host = host;
    this.#sources = sources;
  }

  /** The findings of a text, with what the source says where goroutines stand. */
  async of(text: OpenText): Promise<TextFindings> {
    const settings = await this.#host.settings(text.uri);
    const { generation } = this.#sources;
    let known = this.#known.get(text);
    if (known?.settings !== settings || known.generation !== generation) {
      known = { settings, generation, findings: this.#analyse(text, settings) };
      this.#known.set(text, known);
    }
    return known.findings;
  }

  #analyse(text: OpenText, settings: Settings): Promise<TextFindings> {
    return Promise.all(text.dumps.map((open) => this.#findings(text, open, settings)));
  }

  async #findings(text: OpenText, open: OpenDump, { thresholds, rules }: Settings): Promise<readonly Finding[]> {
    const source = await this.#sources.facts(text, open);
    const { dump, groups } = open;
    const args = await this.#arguments(text, open);
    return runRules(dump, groups, { thresholds, levels: rules, arguments: args, source });
  }

  /** Reads again the goroutines whose arguments the rules want. */
  async #arguments({ token }: OpenText, open: OpenDump): Promise<ArgumentSource> {
    const turns = new Turns(this.#host.clock);
    const frames = new Map<number, readonly BlockFrame[]>();
    for (const row of planArguments(open.dump, open.groups)) {
      const block = readGoroutine(open, row);
      if (block !== undefined) frames.set(row, block.frames);
      await turns.pause();
      if (token.isCancellationRequested) break;
    }
    return { frames: (row) => frames.get(row) };
  }
}
