import { DEFAULT_CONTEXT } from "../../server/src/core/analysis/context.ts";
import type { StackConfinement } from "../../server/src/core/analysis/confinement.ts";
import { Analysis } from "../../server/src/core/analysis/analysis.ts";
import { blockSpan } from "../../server/src/core/analysis/readArguments.ts";
import { RereadArguments } from "../../server/src/core/analysis/rereadArguments.ts";
import { TraitsTable } from "../../server/src/core/analysis/traits.ts";
import { groupGoroutines } from "../../server/src/core/group/groups.ts";
import { ruleSteps } from "../../server/src/core/findings/runRules.ts";
import { findOutnumbered } from "../../server/src/core/leaks/outnumbered.ts";
import { findConfined, Loss } from "../../server/src/core/leaks/confined.ts";
import { at } from "../../server/src/core/model/column.ts";
import { type Frame, stackOf } from "../../server/src/core/model/stack.ts";
import { readDumps } from "../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../server/src/core/steps.ts";
import { confinement } from "../../server/src/service/golang/flow/confinement.ts";
import type { PlacedFrame } from "../../server/src/service/golang/flow/stacks/knownStack.ts";
import { buildProgram } from "../../server/src/service/golang/program/programBuilder.ts";

/** Files by name; a line is named by a comment at its end: `ch <- v // @send`. */
export type Sources = Readonly<Record<string, string>>;

const ROOT = "/app/";
const IMPORTS = `import ("bufio"; "cmp"; "context"; "encoding/csv"; "errors"; "fmt"; "io"; "log"; "log/slog"; "mime/multipart"; "net/http"; "os"; "os/signal"; "runtime"; "sync"; "testing"; "time"; "unsafe"; "golang.org/x/sync/errgroup"; "golang.org/x/sync/semaphore"; "net/rpc"; "database/sql"; "example.org/cron"; "example.org/lib")`;

/**
 * A goroutine in words: `7 [chan send] main.f@send < main.g@call by main.main@go in 1`. A call may have arguments:
 * `main.(*T).f(0xc000010000)@send`.
 */
const GOROUTINE = /^(\d+) \[([^\]]+)\] (.+?)(?: by (\S+)(?: in (\d+))?)?$/;

/** Ids of the goroutines that wait for what nobody can do any more; undefined: the source does not fit. */
export function confinedGoroutines(
  sources: Sources | string,
  goroutines: readonly string[],
  isWhole = true,
): readonly number[] | undefined {
  const { files, text } = written(sources, goroutines);
  return confinedIn(files, text, ROOT, isWhole);
}

/** Ids of the goroutines that give up when a signal tells the program to end, and for which nobody comes before or then. */
export function lostUntilSignal(sources: Sources | string, goroutines: readonly string[]): readonly number[] {
  const { files, text } = written(sources, goroutines);
  const lost = lostIn(files, text, ROOT, true, Loss.untilSignal);
  if (lost === undefined) throw new Error("the source does not fit");
  return lost;
}

/** Ids of the goroutines whose wait code ends, as the source shows, that may be called at any time. */
export function openGoroutines(sources: Sources | string, goroutines: readonly string[]): readonly number[] {
  return idsWhere(sources, goroutines, ({ isOpen }) => isOpen);
}

/** Ids of the goroutines that the source shows to have a way out of their select. */
export function goroutinesWithWayOut(sources: Sources | string, goroutines: readonly string[]): readonly number[] {
  return idsWhere(sources, goroutines, ({ hasWayOut }) => hasWayOut);
}

/** Ids of the goroutines that wait for what, as the source shows, only code outside of the program makes. */
export function foreignGoroutines(sources: Sources | string, goroutines: readonly string[]): readonly number[] {
  return idsWhere(sources, goroutines, ({ isForeign }) => isForeign);
}

/** `ID@LINE`: which goroutine holds the one lock of a package's variable, as the source shows, and where it took it. */
export function provenHolders(sources: Sources | string, goroutines: readonly string[]): readonly string[] {
  const { files, text } = written(sources, goroutines);
  const { dump, groups, facts } = factsIn(files, text, ROOT, true);
  if (facts === undefined) throw new Error("the source does not fit");
  const marks = new Map([...linesByName(files)].map(([name, place]) => [place, name]));
  return groups.groups.flatMap(({ id, start }) => {
    const holds = facts[id]!.holds.filter(({ isProven }) => isProven);
    const goroutine = at(dump.goroutines.id, groups.rows[start]!);
    return holds.map(({ line }) => `${goroutine}@${marks.get(`${ROOT}main.go:${line}`) ?? line}`);
  });
}

/** `LINE: N of M`: how many of the goroutines that stand at a line are lost at least, whoever they are. */
export function outnumbered(sources: Sources | string, goroutines: readonly string[]): readonly string[] {
  const { files, text } = written(sources, goroutines);
  const { dump, groups, facts } = factsIn(files, text, ROOT, true);
  const source = { at: () => undefined, confinement: ({ id }: { readonly id: number }) => facts?.[id] };
  const analysis = new Analysis(new TraitsTable(dump, groups), { ...DEFAULT_CONTEXT, source });
  const marks = new Map([...linesByName(files)].map(([name, place]) => [place, name]));
  const lost = findOutnumbered(analysis);
  return groups.groups
    .filter(({ id }) => lost.has(id))
    .map((group) => {
      const { file, line } = analysis.place(group) ?? {};
      return `${marks.get(`${file}:${line}`)}: ${lost.get(group.id)} of ${group.count}`;
    });
}

/** What the rules say with the source: `certainty class count`. */
export function foundWith(sources: Sources | string, goroutines: readonly string[]): readonly string[] {
  const { files, text } = written(sources, goroutines);
  const { dump, groups, facts } = factsIn(files, text, ROOT, true);
  const source = { at: () => undefined, confinement: ({ id }: { readonly id: number }) => facts?.[id] };
  const findings = runToEnd(ruleSteps(new TraitsTable(dump, groups), { ...DEFAULT_CONTEXT, source }));
  return findings.map(({ certainty, evidenceClass, count }) => `${certainty} ${evidenceClass} ${count}`);
}

function idsWhere(
  sources: Sources | string,
  goroutines: readonly string[],
  isIt: (facts: StackConfinement) => boolean,
): readonly number[] {
  const { files, text } = written(sources, goroutines);
  const { dump, groups, facts } = factsIn(files, text, ROOT, true);
  const found = groups.groups.filter(({ id }) => facts?.[id] !== undefined && isIt(facts[id]));
  return found.flatMap(({ start, count }) =>
    Array.from(groups.rows.subarray(start, start + count), (row) => at(dump.goroutines.id, row)),
  );
}

function written(sources: Sources | string, goroutines: readonly string[]): { files: Sources; text: string } {
  const files = typeof sources === "string" ? { "main.go": `package main\n${IMPORTS}\n${sources}` } : sources;
  const places = linesByName(files);
  return { files, text: `${goroutines.map((line) => goroutineText(line, places)).join("\n\n")}\n` };
}

/** As {@link confinedGoroutines}, in the text of a dump whose frames have the files below a folder. */
export function confinedIn(files: Sources, text: string, root: string, isWhole = true): readonly number[] | undefined {
  return lostIn(files, text, root, isWhole, Loss.forGood);
}

function lostIn(
  files: Sources,
  text: string,
  root: string,
  isWhole: boolean,
  loss: number,
): readonly number[] | undefined {
  const { dump, groups, facts } = factsIn(files, text, root, isWhole);
  if (facts === undefined) return undefined;
  const source = { at: () => undefined, confinement: ({ id }: { readonly id: number }) => facts[id] };
  const bytes = new TextEncoder().encode(text);
  const traits = new TraitsTable(dump, groups);
  const rows = Uint32Array.from({ length: dump.goroutines.length }, (_, row) => row);
  const blocks = Array.from(rows, (row) => blockSpan(dump, row)).map(({ start, end }) => bytes.subarray(start, end));
  const context = { ...DEFAULT_CONTEXT, source, arguments: new RereadArguments(traits, rows, blocks) };
  const analysis = new Analysis(traits, context);
  const losses = runToEnd(findConfined(analysis)) ?? new Uint8Array();
  return [...losses.keys()].filter((row) => losses[row] === loss).map((row) => at(dump.goroutines.id, row));
}

/** A dump, its groups, and what the source says of each. */
function factsIn(files: Sources, text: string, root: string, isWhole: boolean) {
  const program = buildProgram(
    Object.entries(files).map(([name, source]) => ({ uri: `${root}${name}`, text: source, packagePath: pathOf(name) })),
    isWhole,
  );
  if (program === undefined) throw new Error("the source cannot be read");
  const [dump] = readDumps(new TextEncoder().encode(text)).dumps;
  if (dump === undefined) throw new Error("the text holds no dump");
  const groups = groupGoroutines(dump, { byLabels: false });
  const facts = confinement(
    program,
    groups.groups.map(({ stack, state }) => {
      const { frames, createdBy, elidedAfter } = stackOf(dump, stack);
      return {
        frames: frames.map((frame, index) => placed(frame, root, index)),
        createdBy: createdBy === null ? undefined : placed(createdBy, root, frames.length),
        isElided: elidedAfter !== null,
        state,
      };
    }),
  );
  return { dump, groups, facts };
}

function placed({ function: name, file, line }: Frame, root: string, index: number): PlacedFrame {
  return { index, function: name, uri: file?.startsWith(root) === true ? file : undefined, line: (line ?? 1) - 1 };
}

function pathOf(name: string): string {
  const slash = name.lastIndexOf("/");
  return slash < 0 ? "example.com/app" : `example.com/app/${name.slice(0, slash)}`;
}

/** `FILE:LINE` by the name of the line. */
function linesByName(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const [name, text] of Object.entries(files)) {
    for (const [index, line] of text.split("\n").entries()) {
      for (const [, mark = ""] of line.matchAll(/@(\w+)/g)) places.set(mark, `${ROOT}${name}:${index + 1}`);
    }
  }
  return places;
}

function goroutineText(line: string, places: ReadonlyMap<string, string>): string {
  const [, id, state, stack = "", by, creator] = GOROUTINE.exec(line) ?? [];
  if (id === undefined) throw new Error(`no goroutine: ${line}`);
  const frame = (text: string, isCall: boolean) => {
    const [name = "", mark = ""] = text.split("@");
    const place = places.get(mark) ?? "/usr/local/go/src/sync/lib.go:7";
    const call = isCall && !name.endsWith(")") ? `${name}(...)` : name;
    return `${call}\n\t${place} +0x1d`;
  };
  const frames = stack.split(" < ").map((text) => frame(text, true));
  if (by !== undefined) {
    const [call = "", place = ""] = frame(by, false).split("\n");
    frames.push(`created by ${call}${creator === undefined ? "" : ` in goroutine ${creator}`}\n${place}`);
  }
  return `goroutine ${id} [${state}]:\n${frames.join("\n")}`;
}
