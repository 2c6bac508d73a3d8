import type { Dump } from "../model/dump.ts";
import { CREATED_BY, FRAME } from "../model/stack.ts";
import { outerFunction } from "../names/functionName.ts";
import { isRuntimeFunction } from "../names/userCode.ts";

/** What must be equal for two stacks of different dumps to be the same. */
export type KeyLevel =
  /** Functions, files, lines and creator: the same build, forms that print all of it. */
  | "place"
  /** Functions, files and lines: the same build, any form (profiles name no creator). */
  | "frames"
  /** Functions without their closures' numbers: another build, whose lines have shifted. */
  | "functions";

/** Numbers of the frames of several dumps: equal at the level, equal number. */
export type FrameNumbers = Map<string, number>;

/** What is worked out once for each frame of a dump. */
interface KeyFrame {
  readonly number: number;
  readonly isRuntime: boolean;
}

/** Keys of the stacks of one dump, to be compared with those of dumps that share the frames' numbers. */
export class StackKeys {
  readonly #dump: Dump;
  readonly #level: KeyLevel;
  readonly #numbers: FrameNumbers;
  readonly #frames: (KeyFrame | undefined)[];

  constructor(dump: Dump, level: KeyLevel, numbers: FrameNumbers) {
    this.#dump = dump;
    this.#level = level;
    this.#numbers = numbers;
    this.#frames = Array.from({ length: dump.frames.line.length });
  }

  /** The key of a stack: equal keys are equal stacks, as far as every form prints them (see `visibleFrames`). */
  of(stack: number): string {
    const { parent, edge } = this.#dump.stacks;
    let createdBy: KeyFrame | null = null;
    const frames: KeyFrame[] = [];
    for (let node = stack; node > 0; node = parent[node]!) {
      const kind = edge[node]! & 3;
      if (kind === FRAME) frames.push(this.#frame(edge[node]! >> 2));
      else if (kind === CREATED_BY) createdBy = this.#frame(edge[node]! >> 2);
    }
    const key = withoutRuntime(frames).reduce((text, { number }) => `${text} ${number}`, "");
    return this.#level === "place" && createdBy !== null ? `${key} by ${createdBy.number}` : key;
  }

  #frame(id: number): KeyFrame {
    return (this.#frames[id] ??= this.#keyFrame(id));
  }

  #keyFrame(id: number): KeyFrame {
    const { frames, functions, files } = this.#dump;
    const name = functions[frames.function[id]!] ?? "";
    const place = `${files[frames.file[id]!] ?? ""}:${frames.line[id]}`;
    const key = this.#level === "functions" ? outerFunction(name) : `${name} ${place}`;
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return { number, isRuntime: isRuntimeFunction(name) };
  }
}

/** As `visibleFrames`, in any order. */
function withoutRuntime(frames: readonly KeyFrame[]): readonly KeyFrame[] {
  let start = 0;
  let end = frames.length;
  while (start < end && frames[start]!.isRuntime) start++;
  while (end > start && frames[end - 1]!.isRuntime) end--;
  return start === end ? frames : frames.slice(start, end);
}
