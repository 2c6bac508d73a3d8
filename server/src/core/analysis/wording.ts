import type { Frame } from "../model/stack.ts";
import { shortFunctionName } from "../names/functionName.ts";

/** `1 goroutine`, `12,345 goroutines`. */
export function goroutines(count: number): string {
  return plural(count, "goroutine");
}

/** `1 lock`, `2 locks`. */
export function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** `client.go:199`: the last element of the path and the line. */
export function place(frame: Frame): string {
  if (frame.file === null) return shortFunctionName(frame.function);
  const name = frame.file.slice(Math.max(frame.file.lastIndexOf("/"), frame.file.lastIndexOf("\\")) + 1);
  return frame.line === null ? name : `${name}:${frame.line}`;
}

/** `ws.(*ClientWs).Send at client.go:199`. */
export function callAt(frame: Frame): string {
  const name = shortFunctionName(frame.function);
  return frame.file === null ? name : `${name} at ${place(frame)}`;
}

/** `at least 4 minutes`; undefined when no header printed minutes. Go counts from the first GC after parking. */
export function waited(wait: { readonly max: number } | null): string | undefined {
  return wait === null ? undefined : `at least ${plural(wait.max, "minute")}`;
}

/** `12,345`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
