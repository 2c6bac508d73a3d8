import { open } from "node:fs/promises";
import type { Reading } from "../core/read/dumpReader.ts";
import { AnyReader } from "../formats/anyReader.ts";

/** Bytes read at a time; two such buffers take turns. */
const CHUNK_BYTES = 1024 * 1024;

/** Reads a file of any kind, or standard input for `-`. Rejects with the system's error when it cannot be read. */
export async function readInput(path: string): Promise<Reading> {
  const reader = new AnyReader();
  await (path === "-" ? feedStandardInput(reader) : feedFile(path, reader));
  return reader.end();
}

async function feedStandardInput(reader: AnyReader): Promise<void> {
  for await (const chunk of process.stdin) reader.push(chunk as Uint8Array);
}

/** Reads the next bytes while the reader works on the last ones. */
async function feedFile(path: string, reader: AnyReader): Promise<void> {
  const file = await open(path, "r");
  try {
    let [current, next] = [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)];
    let { bytesRead } = await file.read(current, 0, CHUNK_BYTES);
    while (bytesRead > 0) {
      const ahead = file.read(next, 0, CHUNK_BYTES);
      reader.push(current.subarray(0, bytesRead));
      ({ bytesRead } = await ahead);
      [current, next] = [next, current];
    }
  } finally {
    await file.close();
  }
}
