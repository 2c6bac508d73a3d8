import type { Connection } from "vscode-languageserver";
import {
  type FileParams,
  FileRequests,
  type FileStatResult,
  type ReadDirectoryResult,
  type ReadFileResult,
} from "../protocol/index.ts";
import type { FileSystem, Logger } from "../service/base/ports.ts";
import { fromBase64 } from "./base64.ts";

/** Files through the client, which reaches those on the web, in virtual workspaces and on other machines. */
export function clientFileSystem(connection: Connection, logger: Logger): FileSystem {
  async function ask<T>(method: string, params: FileParams, absent: T): Promise<T> {
    try {
      return (await connection.sendRequest<T>(method, params)) ?? absent;
    } catch (error) {
      logger.debug(`${method} failed for ${params.uri}: ${String(error)}`);
      return absent;
    }
  }
  return {
    stat: async (uri) => (await ask<FileStatResult>(FileRequests.stat, { uri }, null)) ?? undefined,
    readFile: async (uri, maxBytes) => {
      const file = await ask<ReadFileResult>(FileRequests.readFile, { uri, maxBytes }, null);
      const bytes = file === null ? undefined : fromBase64(file.base64);
      return bytes !== undefined && bytes.length <= maxBytes ? bytes : undefined;
    },
    readDirectory: (uri) => ask<ReadDirectoryResult>(FileRequests.readDirectory, { uri }, []),
    // The editor does not tell where links lead.
    realPath: () => Promise.resolve(undefined),
  };
}

const NOTHING: FileSystem = {
  stat: () => Promise.resolve(undefined),
  readFile: () => Promise.resolve(undefined),
  readDirectory: () => Promise.resolve([]),
  realPath: () => Promise.resolve(undefined),
};

/** The machine's own files where it has any, everything else through the client where it answers for files. */
export function combinedFileSystem(own: FileSystem | undefined, client: FileSystem | undefined): FileSystem {
  const forUri = (uri: string): FileSystem => (uri.startsWith("file:") ? (own ?? client) : client) ?? NOTHING;
  return {
    stat: (uri) => forUri(uri).stat(uri),
    readFile: (uri, maxBytes) => forUri(uri).readFile(uri, maxBytes),
    readDirectory: (uri) => forUri(uri).readDirectory(uri),
    realPath: (uri) => forUri(uri).realPath(uri),
  };
}
