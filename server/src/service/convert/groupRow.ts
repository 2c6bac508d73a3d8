import type { Finding } from "../../core/findings/finding.ts";
import type { Group, GroupTable } from "../../core/group/groups.ts";
import type { Dump, Label } from "../../core/model/dump.ts";
import { type Frame, type Stack, stackOf } from "../../core/model/stack.ts";
import { guessGoVersion } from "../../core/names/goVersion.ts";
import type { GroupRow } from "../../output/row.ts";
import { settledState } from "../../core/names/inferState.ts";
import { firstUserFrame, placeOf } from "../../core/names/userCode.ts";

/** What the rows of a dump have in common. */
export interface RowSource {
  readonly file: string;
  /** Number of the dump in its file. */
  readonly index: number;
  /** Whose the dump is; null: unknown. A label of that name says it before. */
  readonly host: string | null;
  readonly dump: Dump;
  /** By labels as well. */
  readonly groups: GroupTable;
  readonly findings: readonly Finding[];
  /** Milliseconds since the epoch; null: unknown. */
  readonly time: number | null;
  /** Labels given from outside: of the manifest and the command line. */
  readonly labels: readonly Label[];
  /** The SHA-256 of a text, in hexadecimal digits. */
  readonly sha256: (text: string) => string;
}

/** The rows of a dump, most goroutines first. */
export function* groupRows(source: RowSource): Generator<GroupRow> {
  const { file, index, dump, groups, findings, time, labels, sha256 } = source;
  const given = new Map(labels);
  const dumpCells = {
    file,
    dump: index,
    host: given.get("host") ?? source.host,
    service: given.get("service") ?? null,
    time: time === null ? null : new Date(time).toISOString(),
    form: dump.form,
    go_version: guessGoVersion(dump),
  };
  const found = findingsByGroup(groups, findings);
  const ids = new Map<number, string>();
  for (const group of groups.groups) {
    const stack = stackOf(dump, group.stack);
    let id = ids.get(group.stack);
    if (id === undefined) ids.set(group.stack, (id = stackId(stack, sha256)));
    const own = group.labels === null ? [] : (dump.labelSets[group.labels] ?? []);
    yield {
      ...dumpCells,
      stack_id: id,
      ...groupCells(group, stack),
      labels: Object.fromEntries([...own, ...labels]),
      findings: [...(found.get(group.id) ?? [])],
    };
  }
}

function groupCells({ count, state, wait }: Group, { frames, createdBy }: Stack) {
  const place = placeOf(frames);
  return {
    count,
    state,
    base_state: settledState(state, frames),
    wait_min: wait?.min ?? null,
    wait_max: wait?.max ?? null,
    top: frames[0]?.function ?? null,
    ...userCells(firstUserFrame(frames)),
    place: place === undefined ? null : placed(place),
    created_by: createdBy?.function ?? null,
    frames: frames.map(placed),
  };
}

function userCells(frame: Frame | undefined) {
  return { user_frame: frame?.function ?? null, user_file: frame?.file ?? null, user_line: frame?.line ?? null };
}

function placed({ function: name, file, line }: Frame): string {
  return file === null ? name : `${name} ${file}:${line ?? 0}`;
}

/**
 * Names a stack over dumps, hosts and builds whose lines have shifted: the first 16 digits of the SHA-256 of its frames,
 * innermost first, each as `function`, a TAB, `file`, a newline.
 */
export function stackId({ frames }: Stack, sha256: (text: string) => string): string {
  return sha256(frames.map(({ function: name, file }) => `${name}\t${file ?? ""}\n`).join("")).slice(0, 16);
}

function findingsByGroup(groups: GroupTable, findings: readonly Finding[]): ReadonlyMap<number, ReadonlySet<string>> {
  const byGroup = new Map<number, Set<string>>();
  for (const { rule, certainty, rows } of findings) {
    for (const row of rows) {
      const group = groups.groupOf[row]!;
      let own = byGroup.get(group);
      if (own === undefined) byGroup.set(group, (own = new Set()));
      own.add(`${rule} ${certainty}`);
    }
  }
  return byGroup;
}
