import { type Frame, type Stack } from "../model/stack.ts";
import { outerFunction } from "../names/functionName.ts";
import { visibleFrames } from "../names/userCode.ts";

/** What must be equal for two stacks of different dumps to be the same. */
export type KeyLevel =
  /** Functions, files, lines and creator: the same build, forms that print all of it. */
  | "place"
  /** Functions, files and lines: the same build, any form (profiles name no creator). */
  | "frames"
  /** Functions without their closures' numbers: another build, whose lines have shifted. */
  | "functions";

/** The key of a stack at a level: equal keys are equal stacks. */
export function stackKey(stack: Stack, level: KeyLevel): string {
  const parts = visibleFrames(stack.frames).map((frame) => frameKey(frame, level));
  if (level === "place" && stack.createdBy !== null) parts.push(`by ${frameKey(stack.createdBy, level)}`);
  return parts.join("\n");
}

function frameKey(frame: Frame, level: KeyLevel): string {
  if (level === "functions") return outerFunction(frame.function);
  return `${frame.function} ${frame.file ?? ""}:${frame.line ?? ""}`;
}
