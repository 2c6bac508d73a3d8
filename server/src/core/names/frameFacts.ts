import type { Dump } from "../model/dump.ts";
import { type Frame, frameOf } from "../model/stack.ts";
import { outerFunction, splitFunctionName } from "./functionName.ts";
import { isUserFrame } from "./userCode.ts";

/** What a frame's name says, worked out once for each distinct frame of a dump. */
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

/** Facts by the frame's number, kept: a dump has few distinct frames and many stacks. */
export class FrameFactsTable {
  readonly #dump: Dump;
  readonly #facts: (FrameFacts | undefined)[] = [];

  constructor(dump: Dump) {
    this.#dump = dump;
  }

  of(id: number): FrameFacts {
    return (this.#facts[id] ??= factsOf(frameOf(this.#dump, id)));
  }
}

function factsOf(frame: Frame): FrameFacts {
  const { packagePath, receiver } = splitFunctionName(frame.function);
  return {
    frame,
    isUser: isUserFrame(frame),
    package: packagePath,
    type: receiver === null ? null : `${packagePath}.${receiver}`,
    family: outerFunction(frame.function),
  };
}
