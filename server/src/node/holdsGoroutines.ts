import { AnyReader } from "../formats/anyReader.ts";

/** Whether bytes, of any form, packed or not, hold at least one goroutine: an error page does not. */
export function holdsGoroutines(bytes: Uint8Array): boolean {
  const reader = new AnyReader();
  reader.push(bytes);
  return reader.end().dumps.some(({ total }) => total > 0);
}
