import { type Disposable, l10n, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { FileRequests, type ReadChunkParams, type ReadChunkResult } from "../../server/src/protocol/index.ts";
import { toBase64 } from "./model/base64.ts";

/** The editor gives a file as a whole, and here it is held: larger ones are refused. */
const fileLimit = 512 * 1024 * 1024;

/** No more goes over the connection at a time, whatever the server asks for. */
const chunkLimit = 4 * 1024 * 1024;

interface Lent {
  /** Requests that are running. */
  users: number;
  /** Read when the server first asks; it may read the disk itself and never do. */
  bytes: Promise<Uint8Array> | undefined;
}

/**
 * Files that the server reads in pieces through the editor: those the user has asked to see, of any file system, each as
 * long as a request about it runs.
 */
export class LentFiles {
  readonly #lent = new Map<string, Lent>();

  /** Lets the server read the file while `run` runs. */
  async during<T>(file: Uri, run: () => Promise<T>): Promise<T> {
    const uri = file.toString();
    const lent = this.#lent.get(uri) ?? { users: 0, bytes: undefined };
    this.#lent.set(uri, lent);
    lent.users += 1;
    try {
      return await run();
    } finally {
      lent.users -= 1;
      if (lent.users === 0) {
        this.#lent.delete(uri);
      }
    }
  }

  /** A piece of a lent file. */
  async read({ uri, offset, length }: ReadChunkParams): Promise<ReadChunkResult> {
    const lent = this.#lent.get(uri);
    if (lent === undefined) {
      return { kind: "refused", reason: l10n.t("The file is not open.") };
    }
    try {
      lent.bytes ??= readWhole(Uri.parse(uri));
      const bytes = await lent.bytes;
      const piece = bytes.subarray(offset, offset + Math.min(length, chunkLimit));
      return { kind: "chunk", base64: toBase64(piece), total: bytes.length };
    } catch (error) {
      return { kind: "refused", reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** Answers the server's requests for pieces of lent files. */
export function answerChunkRequests(client: BaseLanguageClient, files: LentFiles): Disposable {
  return client.onRequest<ReadChunkResult, void>(FileRequests.readChunk, (params: ReadChunkParams) =>
    files.read(params),
  );
}

async function readWhole(file: Uri): Promise<Uint8Array> {
  const { size } = await workspace.fs.stat(file);
  if (size > fileLimit) {
    throw new Error(
      l10n.t(
        "It is larger than {0} MB, the most that is read through the editor. Save it on this machine's disk, or use the command line.",
        fileLimit / 1024 / 1024,
      ),
    );
  }
  return workspace.fs.readFile(file);
}
