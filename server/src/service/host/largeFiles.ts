import type { Reading } from "../../core/read/dumpReader.ts";
import type { Span } from "../../core/forms/traceback/block.ts";
import type { CancellationToken } from "../base/ports.ts";

/** What came of reading a file; `message` says why it could not be read. */
export type FileReading =
  | { readonly kind: "reading"; readonly reading: Reading }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly message: string };

/**
 * Files that no editor can open as text (too large, packed, binary), read in pieces: a port, because some are on a disk
 * of the host's and the others come through the client.
 */
export interface LargeFiles {
  /** Reads a file of any kind, where that takes long off this thread. */
  read(uri: string, token: CancellationToken, progress: (bytes: number, total: number) => void): Promise<FileReading>;
  /**
   * Ranges of the file's text, unpacked, of which there are `textBytes`. Undefined: it cannot be read again. When it is
   * cancelled there may be fewer.
   */
  readSpans(
    uri: string,
    spans: readonly Span[],
    textBytes: number,
    token: CancellationToken,
  ): Promise<readonly (Uint8Array | undefined)[]>;
}
