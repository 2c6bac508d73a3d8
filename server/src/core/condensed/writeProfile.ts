import { type Group, groupSteps } from "../group/groups.ts";
import type { Dump } from "../model/dump.ts";
import { stackOf } from "../model/stack.ts";
import type { Steps } from "../steps.ts";

/** A dump as a profile in text, as `debug=1` prints it. The addresses, which a dump does not keep, are numbers in a row. */
export function* writeProfile(dump: Dump): Steps<string> {
  const { groups } = yield* groupSteps(dump, { byLabels: true });
  const title = `${dump.profile ?? "goroutine"} profile: total ${dump.total}`;
  const records: string[] = [];
  for (const group of groups) {
    records.push(record(dump, group));
    yield;
  }
  return `${title}\n${records.join("\n")}`;
}

function record(dump: Dump, group: Group): string {
  const { frames } = stackOf(dump, group.stack);
  const addresses = frames.map((_, index) => `0x${(index + 1).toString(16)}`);
  const lines = [`${group.count} @ ${addresses.join(" ")}`.trimEnd()];
  const labels = dump.labelSets[group.labels ?? 0] ?? [];
  if (labels.length > 0) {
    lines.push(
      `# labels: {${labels.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(", ")}}`,
    );
  }
  frames.forEach(({ function: name, file, line }, index) => {
    lines.push(`#\t${addresses[index]}\t${name}+0x0${file === null ? "\t?:0" : `\t${file}:${line ?? 0}`}`);
  });
  return `${lines.join("\n")}\n`;
}
