import { type Group, groupSteps } from "../group/groups.ts";
import type { Dump } from "../model/dump.ts";
import { readProfileLine } from "../forms/profileText/recordLine.ts";
import { inferState } from "../names/inferState.ts";
import { type Frame, stackOf } from "../model/stack.ts";
import type { Steps } from "../steps.ts";

/** Longest name that places are aligned behind: one long name must not push all of them out of sight. */
const WIDEST = 60;

/**
 * A dump as a profile in text, as `debug=1` prints it, with its columns below each other. A dump keeps no addresses: records
 * and frames have none. A state that the frames do not show stands in a line of ours.
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
  for (const frame of frames) lines.push(frameLine(frame, width));
  return `${lines.join("\n")}\n`;
}

/** A frame without what the dump does not know of it, unless a name of its own kind would then be read otherwise. */
function frameLine({ function: name, file, line }: Frame, width: number): string {
  const place = file === null ? "" : `${file}:${line ?? 0}`;
  const bare = place === "" ? `#\t${name}` : `#\t${name.padEnd(width)}\t${place}`;
  const read = readProfileLine(bare);
  const isSame = read?.kind === "frame" && (read.place?.function ?? read.address) === name;
  return isSame && (read.place?.file ?? null) === file ? bare : `#\t0x0\t${name}+0x0\t${place || "?:0"}`;
}
