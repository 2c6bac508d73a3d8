import { type Message, say } from "../../core/text/say.ts";
import { getCommand } from "./getCommand.ts";
import type { Located, OtherVersion } from "./located.ts";

/** Which version was wanted, and which was found, as a sentence. */
export function describeOtherVersion({ module, wanted, found }: OtherVersion): Message {
  const here = found === null ? say`which version is here is not known` : say`here is ${nameOf(module, found)}`;
  if (wanted === null)
    return say`The program was built with another version of Go than is here: its frames do not fit it.`;
  return say`The program was built with ${nameOf(module, wanted)}; ${here}.`;
}

/** The command that brings the version that is wanted; null: there is none. */
export function getCommandFor({ module, wanted }: OtherVersion): string | null {
  return (wanted !== null && getCommand({ module, version: wanted })) || null;
}

/** The command that brings the source of a frame as the program was built from it; null: it is here, or there is none. */
export function getCommandOf(located: Located): string | null {
  if (located.kind === "notFound") return (located.missing && getCommand(located.missing)) ?? null;
  return located.kind === "found" && located.otherVersion ? getCommandFor(located.otherVersion) : null;
}

function nameOf(module: string, version: string): Message | string {
  return module === "std" ? say`Go ${version}` : `${module}@${version}`;
}
