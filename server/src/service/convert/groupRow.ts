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

type DumpCells = Pick<GroupRow, "file" | "dump" | "host" | "service" | "time" | "form" | "go_version">;

/** What the groups of one stack have in common. */
interface StackCells extends Pick<
  GroupRow,
  "stack_id" | "top" | "user_frame" | "user_file" | "user_line" | "place" | "created_by" | "frames"
> {
  readonly stack: Stack;
}

/** The rows of a dump, most goroutines first. */
export function* groupRows(source: RowSource): Generator<GroupRow> {
  const { dump, groups, labels, sha256 } = source;
  const dumpCells = cellsOfDump(source);
  const findings = findingsByGroup(groups, source.findings);
  const stacks = new Map<number, StackCells>();
  for (const group of groups.groups) {
    let stackCells = stacks.get(group.stack);
    if (stackCells === undefined) {
      stackCells = cellsOfStack(stackOf(dump, group.stack), sha256);
      stacks.set(group.stack, stackCells);
    }
    const own = group.labels === null ? [] : (dump.labelSets[group.labels] ?? []);
    yield rowOf(dumpCells, stackCells, group, [...own, ...labels], findings.get(group.id) ?? []);
  }
}

function cellsOfDump({ file, index, host, dump, time, labels }: RowSource): DumpCells {
  const given = new Map(labels);
  return {
    file,
    dump: index,
    host: given.get("host") ?? host,
    service: given.get("service") ?? null,
    time: time === null ? null : new Date(time).toISOString(),
    form: dump.form,
    go_version: guessGoVersion(dump),
  };
}

function cellsOfStack(stack: Stack, sha256: RowSource["sha256"]): StackCells {
  const { frames, createdBy } = stack;
  const user = firstUserFrame(frames);
  const place = placeOf(frames);
  return {
    stack,
    stack_id: stackId(stack, sha256),
    top: frames[0]?.function ?? null,
    user_frame: user?.function ?? null,
    user_file: user?.file ?? null,
    user_line: user?.line ?? null,
    place: place === undefined ? null : placed(place),
    created_by: createdBy?.function ?? null,
    frames: frames.map(placed),
  };
}

/** Each cell is named: a dump may have a group for each goroutine, and to spread objects takes ten times as long. */
function rowOf(
  dump: DumpCells,
  stack: StackCells,
  { state, wait, count }: Group,
  labels: readonly Label[],
  findings: readonly string[],
): GroupRow {
  return {
    file: dump.file,
    dump: dump.dump,
    host: dump.host,
    service: dump.service,
    time: dump.time,
    form: dump.form,
    go_version: dump.go_version,
    stack_id: stack.stack_id,
    count,
    state,
    base_state: settledState(state, stack.stack.frames),
    wait_min: wait?.min ?? null,
    wait_max: wait?.max ?? null,
    top: stack.top,
    user_frame: stack.user_frame,
    user_file: stack.user_file,
    user_line: stack.user_line,
    place: stack.place,
    created_by: stack.created_by,
    frames: stack.frames,
    labels: Object.fromEntries(labels),
    findings,
  };
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

/** What is found in each group. Groups in which the same is found share one list. */
function findingsByGroup(groups: GroupTable, findings: readonly Finding[]): ReadonlyMap<number, readonly string[]> {
  const byGroup = new Map<number, readonly string[]>();
  for (const { rule, certainty, rows } of findings) {
    const name = `${rule} ${certainty}`;
    const longer = new Map<readonly string[] | undefined, readonly string[]>();
    for (const group of new Set(Array.from(rows, (row) => groups.groupOf[row]!))) {
      const known = byGroup.get(group);
      if (known?.includes(name)) continue;
      let list = longer.get(known);
      if (list === undefined) longer.set(known, (list = [...(known ?? []), name]));
      byGroup.set(group, list);
    }
  }
  return byGroup;
}
