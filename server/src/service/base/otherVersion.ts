import { type Message, say } from "../../core/text/say.ts";

/** That a file is of another version of its module than the program was built with. */
export interface OtherVersion {
  /** `std`: Go itself. */
  readonly module: string;
  /** Null: which one is not known, but that it is another one shows. */
  readonly wanted: string | null;
  /** Null: not known. */
  readonly found: string | null;
}

/** Which version was wanted, and which was found, as a sentence. */
export function describeOtherVersion({ module, wanted, found }: OtherVersion): Message {
  const here = found === null ? say`which version is here is not known` : say`here is ${nameOf(module, found)}`;
  if (wanted === null)
    return say`The program was built with another version of Go than is here: its frames do not fit it.`;
  return say`The program was built with ${nameOf(module, wanted)}; ${here}.`;
}

function nameOf(module: string, version: string): Message | string {
  return module === "std" ? say`Go ${version}` : `${module}@${version}`;
}
