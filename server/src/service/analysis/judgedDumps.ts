import type { Finding } from "../../core/findings/finding.ts";
import type { CancellationToken } from "../base/ports.ts";
import type { PlacedFrames } from "../document/openText.ts";
import type { Sources } from "../document/sources.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import { judge, type PreparedDump, type RunSteps } from "./analyseDump.ts";

interface Verdict {
  /** What it rests on besides the dump. */
  readonly key: string;
  readonly findings: Promise<readonly Finding[] | undefined>;
}

/** The findings of prepared dumps: worked out once for each state of the settings and of the sources. */
export class JudgedDumps {
  readonly #host: Pick<LanguageServiceHost, "settings">;
  readonly #sources: Sources;
  readonly #known = new WeakMap<PreparedDump, Verdict>();

  constructor(host: Pick<LanguageServiceHost, "settings">, sources: Sources) {
    this.#host = host;
    this.#sources = sources;
  }

  /** Names what the findings of a text rest on besides the text: another name, other findings. */
  async stateOf({ uri }: Pick<PlacedFrames, "uri">): Promise<string> {
    const { thresholds, rules } = await this.#host.settings(uri);
    return JSON.stringify([thresholds, rules, this.#sources.generation]);
  }

  /** All findings, also those that an ignore file expects. Undefined: called off. */
  async of(
    prepared: PreparedDump,
    text: PlacedFrames,
    token: CancellationToken,
    run: RunSteps,
  ): Promise<readonly Finding[] | undefined> {
    const { thresholds, rules } = await this.#host.settings(text.uri);
    const key = await this.stateOf(text);
    const known = this.#known.get(prepared);
    if (known?.key === key) return known.findings;
    const forget = (): void => void (this.#known.get(prepared) === verdict && this.#known.delete(prepared));
    const judged = async (): Promise<readonly Finding[] | undefined> => {
      const source = await this.#sources.facts(text, prepared, token);
      return judge(prepared, { thresholds, levels: rules, source }, run);
    };
    const verdict: Verdict = { key, findings: judged() };
    this.#known.set(prepared, verdict);
    // A run that failed or was called off is tried again the next time; the caller hears of the failure.
    verdict.findings.then((findings) => findings ?? forget(), forget);
    return verdict.findings;
  }
}
