import { words } from "../base/words.ts";
import type { CodeLens, Command } from "vscode-languageserver-types";
import { goroutines } from "../../core/analysis/wording.ts";
import { type Message, say } from "../../core/text/say.ts";
import { phrases } from "../document/describe.ts";
import type { OpenText } from "../document/openText.ts";
import type { TextFindings } from "../findings/analyses.ts";
import type { ClientFeatures } from "../host/host.ts";
import { summary } from "./summary.ts";

/** Above the first line: what the document holds, the worst that is wrong with it, and the ways on. */
export function summaryLenses(text: OpenText, findings: TextFindings, client: ClientFeatures): CodeLens[] {
  const totals = summary(text, findings);
  if (!totals.isDump) return [];
  const { worst } = totals;
  const title = phrases(words(goroutines(totals.goroutines)), certainties(totals.findings), worst?.title ?? "");
  const whole: Command =
    worst === null || client.findingCommand === null
      ? { title, command: client.viewCommand ?? "" }
      : { title, command: client.findingCommand, arguments: [worst.place] };
  const ways: Command[] = [whole];
  if (client.viewCommand !== null) ways.push({ title: words(say`Show Goroutines`), command: client.viewCommand });
  if (client.reportCommand !== null) {
    ways.push({ title: words(say`Open Report`), command: client.reportCommand, arguments: [text.uri] });
  }
  const start = { line: 0, character: 0 };
  return ways.map((command) => ({ range: { start, end: start }, command }));
}

function certainties({ proven, strong, suspect }: ReturnType<typeof summary>["findings"]): string {
  const counts: readonly (readonly [number, Message])[] = [
    [proven, say`${proven} proven`],
    [strong, say`${strong} strong`],
    [suspect, say`${suspect} suspect`],
  ];
  const some = counts.filter(([count]) => count > 0).map(([, told]) => words(told));
  return some.length === 0 ? words(say`nothing looks wrong`) : words(say`findings: ${some.join(", ")}`);
}
