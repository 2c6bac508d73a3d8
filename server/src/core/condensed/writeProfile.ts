import { type Group, groupSteps } from "../group/groups.ts";
import type { Dump } from "../model/dump.ts";
import { inferState } from "../names/inferState.ts";
import { stackOf } from "../model/stack.ts";
import type { Steps } from "../steps.ts";

/** Longest name that places are aligned behind: one long name must not push all of them out of sight. */
const WIDEST = 60;

/**
 * A dump as a profile in text, as `debug=1` prints it, with its columns below each other. A dump keeps no addresses: a
 * record has none, and each frame its number. A state that the frames do not show stands in a line of ours.
 */
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
  const lines = [`${group.count} @`];
  const shown = inferState(
    frames.map(({ function: name }) => name),
    false,
  );
  if (shown !== group.state) lines.push(`# state: ${group.state}`);
  const labels = dump.labelSets[group.labels ?? 0] ?? [];
  if (labels.length > 0) {
    lines.push(
      `# labels: {${labels.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(", ")}}`,
    );
  }
  const width = Math.min(
    WIDEST,
    frames.reduce((most, { function: name }) => Math.max(most, name.length), 0),
  );
  frames.forEach(({ function: name, file, line }, index) => {
    const call = `${name}+0x0`.padEnd(width + "+0x0".length);
    lines.push(`#\t0x${(index + 1).toString(16)}\t${call}\t${file === null ? "?:0" : `${file}:${line ?? 0}`}`);
  });
  return `${lines.join("\n")}\n`;
}
