import type { Dump } from "../model/dump.ts";
import { CREATED_BY, FRAME, type Frame, frameOf, type Stack } from "../model/stack.ts";
import { outerFunction, splitFunctionName } from "./functionName.ts";
import { fileOrigin, type FileOrigin, isUserCode, userOrigin, type UserOrigin } from "./userCode.ts";

/** What a frame says by its function's name and its file. */
export interface FrameFacts {
  readonly frame: Frame;
  readonly isUser: boolean;
  /** Import path. */
  readonly package: string;
  /** `package.T` for methods of T and closures in them; null for plain functions. */
  readonly type: string | null;
  /** The function without what closures and wrappers add. */
  readonly family: string;
}

/** What a function's name says. */
interface FunctionFacts extends Pick<FrameFacts, "package" | "type" | "family"> {
  readonly origin: UserOrigin;
}

/**
 * Facts by the frame's number. What names and files say is worked out once for each function and each file: a dump may
 * have ten times as many distinct frames.
 */
export class FrameFactsTable {
  readonly #dump: Dump;
  readonly #frames: (FrameFacts | undefined)[];
  readonly #functions: (FunctionFacts | undefined)[];
  readonly #files: (FileOrigin | undefined)[];
  #families: ReadonlySet<string> | undefined;

  constructor(dump: Dump) {
    this.#dump = dump;
    this.#frames = Array.from({ length: dump.frames.line.length });
    this.#functions = Array.from({ length: dump.functions.length });
    this.#files = Array.from({ length: dump.files.length });
  }

  of(id: number): FrameFacts {
    return (this.#frames[id] ??= this.#factsOf(id));
  }

  /** As `stackOf`, with frames that are made once for the dump. */
  stack(number: number): Stack {
    const { parent, edge } = this.#dump.stacks;
    const frames: Frame[] = [];
    let createdBy: Frame | null = null;
    let behindElided: number | null = null;
    for (let node = number; node > 0; node = parent[node]!) {
      const kind = edge[node]! & 3;
      if (kind === FRAME) frames.push(this.of(edge[node]! >> 2).frame);
      else if (kind === CREATED_BY) createdBy = this.of(edge[node]! >> 2).frame;
      else behindElided = frames.length;
    }
    frames.reverse();
    return { frames, createdBy, elidedAfter: behindElided === null ? null : frames.length - behindElided };
  }

  /** Whether the dump has a function of that name, or a closure in one. */
  hasFamily(family: string): boolean {
    this.#families ??= new Set(this.#dump.functions.map((name, id) => this.#functionFacts(id, name).family));
    return this.#families.has(family);
  }

  #factsOf(id: number): FrameFacts {
    const { frames } = this.#dump;
    const frame = frameOf(this.#dump, id);
    const { origin, package: path, type, family } = this.#functionFacts(frames.function[id]!, frame.function);
    return { frame, isUser: isUserCode(origin, this.#fileOrigin(frames.file[id]!)), package: path, type, family };
  }

  #functionFacts(id: number, name: string): FunctionFacts {
    return (this.#functions[id] ??= factsOf(name));
  }

  #fileOrigin(file: number): FileOrigin {
    return file < 0 ? fileOrigin(null) : (this.#files[file] ??= fileOrigin(this.#dump.files[file] ?? null));
  }
}

function factsOf(name: string): FunctionFacts {
  const { packagePath, receiver } = splitFunctionName(name);
  return {
    origin: userOrigin(name),
    package: packagePath,
    type: receiver === null ? null : `${packagePath}.${receiver}`,
    family: outerFunction(name),
  };
}
