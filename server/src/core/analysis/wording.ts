import type { Frame } from "../model/stack.ts";
import { shortFunctionName } from "../names/functionName.ts";
import { type Message, say } from "../text/say.ts";

/** `1 goroutine`, `12,345 goroutines`. */
export function goroutines(count: number): Message {
  return count === 1 ? say`1 goroutine` : say`${grouped(count)} goroutines`;
}

/** `1 stack`, `12 stacks`. */
export function stacks(count: number): Message {
  return count === 1 ? say`1 stack` : say`${grouped(count)} stacks`;
}

/** `1 minute`, `38 minutes`. */
export function minutes(count: number): Message {
  return count === 1 ? say`1 minute` : say`${grouped(count)} minutes`;
}

/** `client.go:199`: the last element of the path and the line. */
export function place(frame: Frame): string {
  if (frame.file === null) return shortFunctionName(frame.function);
  const name = frame.file.slice(Math.max(frame.file.lastIndexOf("/"), frame.file.lastIndexOf("\\")) + 1);
  return frame.line === null ? name : `${name}:${frame.line}`;
}

/** `ws.(*ClientWs).Send at client.go:199`. */
export function callAt(frame: Frame): Message {
  const name = shortFunctionName(frame.function);
  return frame.file === null ? say`${name}` : say`${name} at ${place(frame)}`;
}

/** `at least 4 minutes`; undefined when no header printed minutes. Go counts from the first GC after parking. */
export function waited(wait: { readonly max: number } | null): Message | undefined {
  return wait === null ? undefined : say`at least ${minutes(wait.max)}`;
}

/** `12,345`. */
export function grouped(count: number): string {
  return count < 1000 ? String(count) : count.toLocaleString("en-US");
}
