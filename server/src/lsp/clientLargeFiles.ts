import type { Connection } from "vscode-languageserver";
import { FileRequests, type ReadChunkParams, type ReadChunkResult } from "../protocol/index.ts";
import type { FileReading, LargeFiles } from "../service/host/largeFiles.ts";
import type { ParseDumps } from "../service/host/parseDumps.ts";
import type { Clock } from "../service/base/ports.ts";
import { rereadSpans } from "../service/document/rereadSpans.ts";
import { fromBase64 } from "./base64.ts";

/** Bytes asked for at a time: the next are asked for when these have been taken. */
const CHUNK_BYTES = 1024 * 1024;
/** Bytes handed on at a time: packed ones may become a thousand times as many before others get a turn. */
const PIECE_BYTES = 16 * 1024;

/** Ranges asked for at the same time. */
const SPANS_AT_ONCE = 16;

type Progress = (bytes: number, total: number) => void;

/** Large files through the client, which holds each of them only as long as a request about it runs. */
export function clientLargeFiles(connection: Connection, parse: ParseDumps, clock: Clock): LargeFiles {
  async function chunk(params: ReadChunkParams): Promise<{ bytes: Uint8Array; total: number }> {
    const answer = await connection.sendRequest<ReadChunkResult>(FileRequests.readChunk, params);
    if (answer.kind === "refused") throw new Error(answer.reason);
    return { bytes: fromBase64(answer.base64), total: answer.total };
  }

  async function* pieces(uri: string, progress: Progress = () => {}): AsyncGenerator<Uint8Array> {
    let offset = 0;
    for (;;) {
      const { bytes, total } = await chunk({ uri, offset, length: CHUNK_BYTES });
      for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
        yield bytes.subarray(start, start + PIECE_BYTES);
      }
      offset += bytes.length;
      progress(offset, total);
      if (bytes.length === 0 || offset >= total) return;
    }
  }

  return {
    async read(uri, token, progress): Promise<FileReading> {
      try {
        const reading = await parse(pieces(uri, progress), token);
        return reading === undefined ? { kind: "cancelled" } : { kind: "reading", reading };
      } catch (error) {
        return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
      }
    },
    async readSpans(uri, spans, textBytes, token) {
      const { total } = await chunk({ uri, offset: 0, length: 0 });
      if (total === textBytes) {
        const found: Uint8Array[] = [];
        for (let first = 0; first < spans.length && !token.isCancellationRequested; first += SPANS_AT_ONCE) {
          const some = spans.slice(first, first + SPANS_AT_ONCE);
          const parts = some.map(({ start, end }) => chunk({ uri, offset: start, length: end - start }));
          for (const { bytes } of await Promise.all(parts)) found.push(bytes);
        }
        return found;
      }
      return rereadSpans(pieces(uri), spans, clock, token);
    },
  };
}

/** Files of the host's own disk where it has one, all others through the client where it lends files. */
export function combinedLargeFiles(own?: LargeFiles, client?: LargeFiles): LargeFiles | undefined {
  if (own === undefined || client === undefined) return own ?? client;
  const forUri = (uri: string): LargeFiles => (uri.startsWith("file:///") ? own : client);
  return {
    read: (uri, ...rest) => forUri(uri).read(uri, ...rest),
    readSpans: (uri, ...rest) => forUri(uri).readSpans(uri, ...rest),
  };
}
