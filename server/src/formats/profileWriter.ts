import { inferState } from "../core/names/inferState.ts";
import { concat } from "./concat.ts";
import {
  emptyTableToken,
  type LabelInput,
  type LineInput,
  Profile,
  type ProfileInput,
  type SampleInput,
  StringTable,
} from "pprof-format";
import { at } from "../core/model/column.ts";
import { type Dump, Flag, type Label, NO_ID, NO_WAIT } from "../core/model/dump.ts";
import { CREATED_BY, ELIDED, FRAME, frameOf } from "../core/model/stack.ts";
import { ELIDED_FUNCTION, ESCAPED, isOwnName, OWN_COMMENT, OwnLabel } from "./ownLabels.ts";

/** How a profile is written. */
export interface ProfileOptions {
  /** Whether each goroutine is a sample with its id: the dump can be made of it again, and it is as long. */
  readonly withIds: boolean;
  /** Labels that each sample gets besides its own. */
  readonly labels: readonly Label[];
}

/**
 * Writes a dump as a pprof profile of goroutine counts, not yet packed. One sample for the goroutines that share stack,
 * state, wait and labels; what Go's own profiles have no place for is in labels, see {@link OwnLabel}.
 */
export function writeProfile(dump: Dump, options: ProfileOptions): Uint8Array {
  return new ProfileWriter(dump, options).write();
}

/** Samples that are objects at a time: encoded they take a small part of the memory. */
const SAMPLES = 10_000;

class ProfileWriter {
  readonly #dump: Dump;
  readonly #options: ProfileOptions;
  readonly #strings = new StringTable();
  readonly #functions = new Map<string, number>();
  readonly #functionTable: { id: number; name: number; systemName: number; filename: number }[] = [];
  readonly #locations = new Map<string, number>();
  readonly #locationTable: { id: number; line: LineInput[] }[] = [];
  readonly #stacks = new Map<number, Stack>();

  constructor(dump: Dump, options: ProfileOptions) {
    this.#dump = dump;
    this.#options = options;
  }

  write(): Uint8Array {
    const sampleType = [{ type: this.#text("goroutine"), unit: this.#text("count") }];
    const samples = [...this.#samples()];
    const time = this.#dump.time === null ? Number.NaN : Date.parse(this.#dump.time);
    const rest = new Profile({
      location: this.#locationTable,
      function: this.#functionTable,
      comment: [this.#text(OWN_COMMENT)],
      stringTable: this.#strings,
      ...(Number.isNaN(time) ? {} : { timeNanos: BigInt(time) * 1_000_000n }),
    });
    return concat([part({ sampleType }), ...samples, rest.encode()]);
  }

  *#samples(): Generator<Uint8Array> {
    let sample: SampleInput[] = [];
    for (const [row, count] of this.#counts()) {
      sample.push({ locationId: this.#stackOf(row).locations, value: [count], label: this.#labels(row) });
      if (sample.length < SAMPLES) continue;
      yield part({ sample });
      sample = [];
    }
    yield part({ sample });
  }

  /** A row of each sample, and how many goroutines it counts. */
  #counts(): ReadonlyMap<number, number> {
    const { goroutines, states } = this.#dump;
    const { stack, state, wait, labels, weight, length } = goroutines;
    const rows = new Map<string | number, number>();
    const counts = new Map<number, number>();
    for (let row = 0; row < length; row++) {
      const key = this.#options.withIds
        ? row
        : `${at(stack, row)} ${states[at(state, row)]} ${at(wait, row)} ${at(labels, row)} ${this.#isInferred(row)}`;
      let first = rows.get(key);
      if (first === undefined) rows.set(key, (first = row));
      counts.set(first, (counts.get(first) ?? 0) + (weight === null ? 1 : at(weight, row)));
    }
    return counts;
  }

  #isInferred(row: number): boolean {
    return (at(this.#dump.goroutines.flags, row) & Flag.inferredState) !== 0;
  }

  #labels(row: number): LabelInput[] {
    const { goroutines, states, labelSets } = this.#dump;
    const { wait, creator, id, state, labels } = goroutines;
    const own = [...(labelSets[at(labels, row)] ?? []), ...this.#options.labels].map(([key, value]) =>
      this.#word(isOwnName(key) || key.startsWith(ESCAPED) ? ESCAPED + key : key, value),
    );
    const { createdBy, createdAt, shownState } = this.#stackOf(row);
    const printed = states[at(state, row)] ?? "";
    // What the frames show is found again by them.
    if (!this.#isInferred(row) || printed !== shownState) own.push(this.#word(OwnLabel.state, printed));
    if (at(wait, row) !== NO_WAIT) own.push(this.#number(OwnLabel.wait, at(wait, row), "minutes"));
    if (createdBy !== null) own.push(this.#word(OwnLabel.createdBy, createdBy));
    if (createdAt !== null) own.push(this.#word(OwnLabel.createdAt, createdAt));
    if (!this.#options.withIds) return own;
    if (at(id, row) !== NO_ID) own.push(this.#number(OwnLabel.id, at(id, row), "id"));
    if (at(creator, row) !== NO_ID) own.push(this.#number(OwnLabel.creator, at(creator, row), "id"));
    return own;
  }

  /** Worked out once for each distinct stack. */
  #stackOf(row: number): Stack {
    const number = at(this.#dump.goroutines.stack, row);
    let stack = this.#stacks.get(number);
    if (stack === undefined) this.#stacks.set(number, (stack = this.#readStack(number)));
    return stack;
  }

  #readStack(number: number): Stack {
    const { parent, edge } = this.#dump.stacks;
    const locations: number[] = [];
    const functions: string[] = [];
    let createdBy: string | null = null;
    let createdAt: string | null = null;
    for (let node = number; node > 0; node = parent[node]!) {
      const kind = edge[node]! & 3;
      if (kind === ELIDED) locations.push(this.#location(ELIDED_FUNCTION, null, null));
      if (kind !== FRAME && kind !== CREATED_BY) continue;
      const frame = frameOf(this.#dump, edge[node]! >> 2);
      if (kind === FRAME) {
        locations.push(this.#location(frame.function, frame.file, frame.line));
        functions.push(frame.function);
      } else {
        createdBy = frame.function;
        createdAt = frame.file === null ? null : `${frame.file}:${frame.line ?? 0}`;
      }
    }
    return { locations: locations.reverse(), createdBy, createdAt, shownState: inferState(functions.reverse(), true) };
  }

  #location(name: string, file: string | null, line: number | null): number {
    const key = `${name}\n${file}\n${line}`;
    let id = this.#locations.get(key);
    if (id !== undefined) return id;
    id = this.#locationTable.length + 1;
    this.#locations.set(key, id);
    this.#locationTable.push({ id, line: [{ functionId: this.#function(name, file), line: line ?? 0 }] });
    return id;
  }

  #function(name: string, file: string | null): number {
    const key = `${name}\n${file}`;
    let id = this.#functions.get(key);
    if (id !== undefined) return id;
    id = this.#functionTable.length + 1;
    this.#functions.set(key, id);
    const text = this.#text(name);
    this.#functionTable.push({ id, name: text, systemName: text, filename: this.#text(file ?? "") });
    return id;
  }

  #word(key: string, value: string): LabelInput {
    return { key: this.#text(key), str: this.#text(value) };
  }

  #number(key: string, value: number, unit: string): LabelInput {
    return { key: this.#text(key), num: value, numUnit: this.#text(unit) };
  }

  #text(value: string): number {
    return this.#strings.dedup(value);
  }
}

/** Some fields of a profile without its strings. Parts of a message behind each other are the message (protobuf, "Merge"). */
function part(fields: ProfileInput): Uint8Array {
  return new Profile({ ...fields, stringTable: new StringTable(emptyTableToken) }).encode();
}

/** A stack as samples name it. */
interface Stack {
  /** Innermost first. */
  readonly locations: number[];
  readonly createdBy: string | null;
  readonly createdAt: string | null;
  /** The state that the frames prove. */
  readonly shownState: string;
}
