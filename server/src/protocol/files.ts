/** The part of the protocol by which the server reaches the client's files, see `protocol.ts`. */

/**
 * Names of the requests the server sends to a client that announces `initializationOptions.files`: how the server
 * reaches files that are on no disk of its own (web, virtual and remote file systems).
 */
export const FileRequests = {
  stat: "goroutineDump/files/stat",
  readFile: "goroutineDump/files/readFile",
  readDirectory: "goroutineDump/files/readDirectory",
  readChunk: "goroutineDump/files/readChunk",
} as const;

export interface FileParams {
  readonly uri: string;
  /** Only for `readFile`: no more than this many bytes. */
  readonly maxBytes?: number;
}

/** Null: no such entry. */
export type FileStatResult = {
  readonly kind: "file" | "directory" | "other";
  readonly size: number;
  readonly mtime: number;
} | null;

/** Base64 of the bytes; null: no such file. */
export type ReadFileResult = { readonly base64: string } | null;

/** Asks for a part of a file. Only files that the client is having condensed, or asks a goroutine's text of, are read. */
export interface ReadChunkParams {
  readonly uri: string;
  readonly offset: number;
  /** At most so many bytes; the client may send fewer, and sends none only at the end of the file. */
  readonly length: number;
}

export type ReadChunkResult =
  /** `total`: bytes of the whole file. */
  | { readonly kind: "chunk"; readonly base64: string; readonly total: number }
  /** A sentence for the user, e.g. that the file is too large. */
  | { readonly kind: "refused"; readonly reason: string };

export type ReadDirectoryResult = readonly (readonly [name: string, kind: "file" | "directory" | "other"])[];
