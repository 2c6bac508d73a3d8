import { type Frame, type Stack } from "../model/stack.ts";
import { outerFunction } from "../names/functionName.ts";

/** What must be equal for two stacks of different dumps to be the same. */
export type KeyLevel =
  /** Functions, files, lines and creator: the same build, forms that print all of it. */
  | "place"
  /** Functions, files and lines: the same build, any form (profiles name no creator). */
  | "frames"
  /** Functions without their closures' numbers: another build, whose lines have shifted. */
  | "functions";

/** Runtime frames that some forms hide and others print (`runtime/traceback.go`, `showframe`). */
const RUNTIME = /^(?:runtime\.|internal\/runtime\/)/;

/** The key of a stack at a level: equal keys are equal stacks. */
export function stackKey(stack: Stack, level: KeyLevel): string {
  const parts = visibleFrames(stack.frames).map((frame) => frameKey(frame, level));
  if (level === "place" && stack.createdBy !== null) parts.push(`by ${frameKey(stack.createdBy, level)}`);
  return parts.join("\n");
}

/** The frames that every form prints: without the runtime's at either end. A stack of nothing else keeps them. */
export function visibleFrames(frames: readonly Frame[]): readonly Frame[] {
  let start = 0;
  let end = frames.length;
  while (start < end && isRuntime(frames[start])) start++;
  while (end > start && isRuntime(frames[end - 1])) end--;
  return start === end ? frames : frames.slice(start, end);
}

function isRuntime(frame: Frame | undefined): boolean {
  return frame !== undefined && RUNTIME.test(frame.function);
}

function frameKey(frame: Frame, level: KeyLevel): string {
  if (level === "functions") return outerFunction(frame.function);
  return `${frame.function} ${frame.file ?? ""}:${frame.line ?? ""}`;
}
