import type { DumpForm } from "../core/model/dump.ts";
import { AnyReader } from "../formats/anyReader.ts";

const ENDINGS: Partial<Record<DumpForm, string>> = {
  traceback: "debug2.txt",
  "profile-text": "debug1.txt",
  "profile-proto": "pb",
};

/**
 * How a file that holds bytes ends, by what they are: `debug2.txt`, `pb.gz`. Null: they hold no goroutine, of any form,
 * packed or not, as an error page does not.
 */
export function endingOf(bytes: Uint8Array): string | null {
  const reader = new AnyReader();
  reader.push(bytes);
  const dump = reader.end().dumps.find(({ total }) => total > 0);
  if (dump === undefined) return null;
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return `${ENDINGS[dump.form] ?? "txt"}${isPacked ? ".gz" : ""}`;
}
