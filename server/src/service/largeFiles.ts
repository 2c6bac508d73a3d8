import type { Reading } from "../core/read/dumpReader.ts";
import type { Span } from "../core/traceback/block.ts";
import type { CancellationToken } from "./ports.ts";

/** What came of reading a file; `message` says why it could not be read. */
export type FileReading =
  | { readonly kind: "reading"; readonly reading: Reading }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly message: string };

/**
 * Files that no editor can open as text (too large, packed, binary): a port, because only a host with a disk can read
 * them in pieces. Addresses are `file:` URIs.
 */
export interface LargeFiles {
  /** Reads a file of any kind off this thread. */
  read(uri: string, token: CancellationToken, progress: (bytes: number, total: number) => void): Promise<FileReading>;
  /** A range of the file's text, unpacked, of which there are `textBytes`. Undefined: it cannot be read again. */
  readSpan(uri: string, span: Span, textBytes: number): Promise<Uint8Array | undefined>;
}
