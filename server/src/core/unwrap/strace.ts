import type { Line } from "../text/line.ts";
import { type Unescaped, unescape } from "./escapes.ts";

/** `[pid 48813] write(2, "goroutine ", 10)  = 10`, with or without a time in front. */
const STRACE = /^(?:\[pid +\d+\] |\d+ +)?(?:[\d:.]+ )?write\((\d+), "/;

/** The descriptor that a line of `strace` shows text being written to: 1 or 2; undefined: it is no such line. */
export function straceDescriptor(text: string): number | undefined {
  const descriptor = Number(STRACE.exec(text)?.[1] ?? "0");
  return descriptor === 1 || descriptor === 2 ? descriptor : undefined;
}

/** What a line of `strace` shows being written to that descriptor; undefined: it shows something else. */
export function straceText(line: Line, descriptor: number): Unescaped | undefined {
  const start = STRACE.exec(line.text);
  if (start === null || Number(start[1]) !== descriptor) return undefined;
  return unescape(line, start[0].length, '"');
}
