import { type Function as ProfileFunction, type Location, Profile, type Sample } from "pprof-format";
import { DumpBuilder, EMPTY_STACK } from "../core/model/builder.ts";
import { type Dump, Flag, type Label } from "../core/model/dump.ts";
import type { Note } from "../core/model/note.ts";
import { suffixFlags } from "../core/model/state.ts";
import { inferState, UNKNOWN_STATE } from "../core/names/inferState.ts";
import { withoutTypeArguments } from "../core/names/typeArguments.ts";
import { describeProfile, isGoroutineProfile } from "../core/forms/profileText/profileTypes.ts";
import { ELIDED_FUNCTION, OWN_COMMENT, OwnLabel } from "./ownLabels.ts";
import { foreignLabels, ownLabels, type SampleLabels } from "./sampleLabels.ts";
import { findWireFault, type WireFault } from "./wireCheck.ts";
import { LIMITS } from "../core/text/limits.ts";
import { type Message, say } from "../core/text/say.ts";

/** Bytes of an unpacked profile that are read; one of ten thousand distinct stacks has about one megabyte. */
export const PROFILE_LIMIT = 64 * 1024 * 1024;

/** What a protobuf profile holds: a dump, or a note that says why there is none. */
export type ProfileResult =
  | { readonly kind: "dump"; readonly dump: Dump }
  | { readonly kind: "note"; readonly note: Note };

type Numeric = number | bigint;

/** Reads an unpacked profile (`debug=0`, `.pb.gz` without its gzip). Never throws, whatever the bytes. */
export function readProfile(bytes: Uint8Array): ProfileResult {
  const fault = findWireFault(bytes);
  if (fault !== null) return refuse(fault);
  const profile = decode(bytes);
  if (profile === null) return refuse({ kind: "binary", message: say`it is damaged` });
  const type = stringOf(profile, profile.sampleType[0]?.type ?? 0);
  if (!isGoroutineProfile(type)) return otherProfile(profile, type);
  return { kind: "dump", dump: new ProfileDump(profile, type, bytes.length).read() };
}

/** What is said of a profile larger than {@link PROFILE_LIMIT}, which is not to be held in memory. */
export function refuseLarge(): ProfileResult {
  return refuse({ kind: "limit", message: say`it is larger than ${PROFILE_LIMIT / 1024 ** 2} MB` });
}

function refuse({ kind, message }: WireFault): ProfileResult {
  return { kind: "note", note: { kind, line: 0, message: say`This looks like a pprof profile, but ${message}.` } };
}

function otherProfile(profile: Profile, type: string): ProfileResult {
  const units = profile.sampleType.map(
    ({ type: name, unit }) => `${stringOf(profile, name)}/${stringOf(profile, unit)}`,
  );
  return { kind: "note", note: { kind: "other-format", line: 0, message: describeProfile(type, units) } };
}

/** Null when the decoder gives up on it. The walk before makes sure that it cannot run away. */
function decode(bytes: Uint8Array): Profile | null {
  try {
    return Profile.decode(bytes);
  } catch {
    return null;
  }
}

/** Innermost calls of a stack that its state is told by. */
const STATE_FRAMES = 100;

/** A call at a location, and its number in the builder; null: a mark that frames were left out. */
interface CalledFrame {
  readonly name: string;
  readonly frame: number | null;
}

/** `?seconds=N` gives what changed within that time: stacks that are fewer then have a negative count. */
const DIFFERENCE = say`The profile is the difference of two (?seconds=N): it shows which stacks became more or fewer, not all goroutines.`;

function isTakenAway({ value }: Sample): boolean {
  return signed(value[0] ?? 0) < 0;
}

function samplesNote(samples: number): Message {
  return say`Stacks behind the first ${samples} are left out: the profile has more than ${LIMITS.profileFrames} frames in all.`;
}

/** Turns a decoded profile of goroutines into a dump. Indexes that lead nowhere give empty names, never an error. */
class ProfileDump {
  readonly #profile: Profile;
  readonly #type: string;
  readonly #builder = new DumpBuilder("profile-proto", { line: 0, offset: 0 });
  readonly #locations: ReadonlyMap<string, Location>;
  readonly #functions: ReadonlyMap<string, ProfileFunction>;
  readonly #size: number;
  /** Whether the profile was made by `convert`: some labels then are what the dump printed. */
  #isOwn = false;
  readonly #called = new Map<string, readonly CalledFrame[]>();
  #framesLeft: number = LIMITS.profileFrames;

  constructor(profile: Profile, type: string, size: number) {
    this.#profile = profile;
    this.#type = type;
    this.#size = size;
    this.#locations = new Map(profile.location.map((location) => [String(location.id), location]));
    this.#functions = new Map(profile.function.map((called) => [String(called.id), called]));
  }

  read(): Dump {
    const builder = this.#builder;
    this.#isOwn = this.#profile.comment.some((comment) => stringOf(this.#profile, comment) === OWN_COMMENT);
    builder.profile = this.#type;
    builder.time = isoTime(this.#profile.timeNanos);
    if (this.#profile.sample.some(isTakenAway)) builder.notes.add("inconsistent", 0, DIFFERENCE);
    for (const [index, sample] of this.#profile.sample.entries()) {
      this.#addSample(sample);
      if (this.#framesLeft > 0) continue;
      builder.notes.add("limit", 0, samplesNote(index + 1));
      break;
    }
    return builder.finish({ line: 0, offset: this.#size });
  }

  /** The stack of a sample, and the innermost functions that its state is told by. */
  #stack(sample: Sample): { stack: number; functions: readonly string[] } {
    const functions: string[] = [];
    let stack = EMPTY_STACK;
    let room = Math.min(LIMITS.stackFrames + 1, this.#framesLeft);
    for (const id of sample.locationId) {
      for (const { name, frame } of this.#location(String(id))) {
        if (room-- <= 0) break;
        this.#framesLeft--;
        // The state follows from the innermost calls.
        if (frame !== null && functions.length < STATE_FRAMES) functions.push(name);
        stack = frame === null ? this.#builder.pushElided(stack) : this.#builder.push(stack, frame);
      }
      if (room <= 0) break;
    }
    return { stack, functions };
  }

  #addSample(sample: Sample): void {
    const { stack, functions } = this.#stack(sample);
    const labels = this.#labels(sample);
    const own = this.#isOwn ? ownLabels(labels) : foreignLabels(labels);
    const printed = own.text(OwnLabel.state);
    const state = printed ?? inferState(functions, true);
    const isInferred = printed === null && state !== UNKNOWN_STATE;
    const numbers = own.numbers();
    const weight = signed(sample.value[0] ?? 0);
    this.#builder.add({
      line: 0,
      offset: 0,
      state,
      stack: this.#pushCreator(stack, own),
      labels: own.others,
      flags:
        suffixFlags(state) | (isInferred ? Flag.inferredState : 0) | (this.#type === "goroutineleak" ? Flag.leaked : 0),
      ...numbers,
      // A sample with an id is a goroutine, and a row is one as it is.
      ...((numbers.id === undefined || weight !== 1) && { weight }),
    });
  }

  #pushCreator(stack: number, own: SampleLabels): number {
    const createdBy = own.text(OwnLabel.createdBy);
    if (createdBy === null) return stack;
    const [, file, line] = /^(.*):(\d{1,9})$/s.exec(own.text(OwnLabel.createdAt) ?? "") ?? [];
    return this.#builder.pushCreator(stack, createdBy, file ?? null, line === undefined ? null : Number(line));
  }

  /** A location has a line for each call that was inlined there, the innermost first; without symbols it has none. */
  #location(id: string): readonly CalledFrame[] {
    let called = this.#called.get(id);
    if (called === undefined) {
      called = this.#readLocation(id);
      this.#called.set(id, called);
    }
    return called;
  }

  #readLocation(id: string): readonly CalledFrame[] {
    const location = this.#locations.get(id);
    const lines = location?.line.slice(0, LIMITS.stackFrames + 1) ?? [];
    const called = lines.map((line): CalledFrame => {
      const known = this.#functions.get(String(line.functionId));
      const name = withoutTypeArguments(stringOf(this.#profile, known?.name ?? 0));
      const file = stringOf(this.#profile, known?.filename ?? 0);
      if (this.#isOwn && name === ELIDED_FUNCTION) return { name, frame: null };
      return { name, frame: this.#builder.frame(name, file === "" ? null : file, Number(line.line)) };
    });
    if (called.length > 0) return called;
    const address = `0x${BigInt.asUintN(64, BigInt(location?.address ?? 0)).toString(16)}`;
    return [{ name: address, frame: this.#builder.frame(address, null, null) }];
  }

  #labels(sample: Sample): readonly Label[] {
    return sample.label.map(({ key, str, num }) => [
      stringOf(this.#profile, key),
      str === 0 ? String(signed(num)) : stringOf(this.#profile, str),
    ]);
  }
}

function stringOf(profile: Profile, index: Numeric): string {
  return profile.stringTable.strings[Number(index)] ?? "";
}

/** A count: the difference of two profiles (`?seconds=N`) has negative ones. */
function signed(value: Numeric): number {
  return typeof value === "number" ? value : Number(BigInt.asIntN(64, value));
}

function isoTime(nanoseconds: Numeric): string | null {
  const milliseconds = signed(nanoseconds) / 1e6;
  return milliseconds > 0 && milliseconds < 8.64e15 ? new Date(milliseconds).toISOString() : null;
}
