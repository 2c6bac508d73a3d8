import { type Frame, frameOf } from "../../../core/model/stack.ts";
import type { Dump } from "../../../core/model/dump.ts";
import { splitFunctionName } from "../../../core/names/functionName.ts";
import { isStandardLibrary } from "../../../core/names/standardLibrary.ts";
import { isUserFrame } from "../../../core/names/userCode.ts";
import { type FrameColumns, ORIGINS } from "../../../protocol/index.ts";
import { clip } from "../../../core/text/visible.ts";

/** UTF-16 units of all names and paths together, and of those that come when there is no more room. */
const [TEXT_LIMIT, SHORT] = [500_000, 60];
/** Of one name or path: names of generic functions are long, and a dump may hold anything. */
const NAME_LIMIT = 1000;

/** How a goroutine waits or begins: the runtime's own calls, also those that it gives other packages. */
const RUNTIME = /^(?:runtime|internal\/runtime\/[\w/]+|internal\/sync)\.|\.runtime_|^sync\.\(\*Mutex\)\.lockSlow$/;

/** Numbers the frames that a report names, in order of their first appearance. */
export class FrameNumbers {
  readonly #columns = { package: [], name: [], file: [], line: [], origin: [] } as {
    readonly [K in "package" | "name" | "file" | "line" | "origin"]: number[];
  };
  readonly #packages = new Names();
  readonly #names = new Names();
  readonly #files = new Names();
  readonly #numbers = new Map<string, number>();
  readonly #byDump = new WeakMap<Dump, Map<number, number>>();

  /** The number of a dump's frame. */
  of(dump: Dump, id: number): number {
    const known = this.#byDump.get(dump) ?? new Map<number, number>();
    this.#byDump.set(dump, known);
    let number = known.get(id);
    if (number === undefined) {
      number = this.#add(frameOf(dump, id));
      known.set(id, number);
    }
    return number;
  }

  columns(): FrameColumns {
    return {
      packages: this.#packages.values,
      names: this.#names.values,
      files: this.#files.values,
      ...this.#columns,
    };
  }

  #add(frame: Frame): number {
    const key = `${frame.function}\n${frame.file}\n${frame.line}`;
    let number = this.#numbers.get(key);
    if (number !== undefined) return number;
    number = this.#columns.line.length;
    this.#numbers.set(key, number);
    const { name } = splitFunctionName(frame.function);
    // As printed, escapes and all: with the name it is the function again.
    const packagePath = frame.function.slice(0, Math.max(0, frame.function.length - name.length - 1));
    const room = TEXT_LIMIT - this.#packages.length - this.#names.length - this.#files.length;
    const limit = room > 0 ? NAME_LIMIT : SHORT;
    this.#columns.package.push(this.#packages.number(packagePath, limit));
    this.#columns.name.push(this.#names.number(name, limit));
    this.#columns.file.push(frame.file === null ? -1 : this.#files.number(frame.file, limit));
    this.#columns.line.push(frame.line ?? 0);
    this.#columns.origin.push(ORIGINS.indexOf(originOf(frame)));
    return number;
  }
}

function originOf(frame: Frame): (typeof ORIGINS)[number] {
  if (RUNTIME.test(frame.function)) return "runtime";
  if (isUserFrame(frame)) return "user";
  return isStandardLibrary(frame.function, frame.file) ? "library" : "extended";
}

/** Distinct texts with their numbers. */
class Names {
  readonly values: string[] = [];
  /** UTF-16 units of all of them. */
  length = 0;
  readonly #numbers = new Map<string, number>();

  number(text: string, limit: number): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      const clipped = clip(text, limit);
      number = this.values.push(clipped) - 1;
      this.length += clipped.length;
      this.#numbers.set(text, number);
    }
    return number;
  }
}
