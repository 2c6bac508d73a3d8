import { type Disposable, type FileStat, FileType, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type FileParams,
  FileRequests,
  type FileStatResult,
  type ReadDirectoryResult,
  type ReadFileResult,
} from "../../server/src/protocol/index.ts";
import { toBase64 } from "./model/base64.ts";
import { isReachable } from "./model/reachable.ts";

/** Larger files are not sent over the connection, whatever the server asks for. */
const maxBytes = 64 * 1024 * 1024;

/** Answers the server's requests for files through the editor, which reaches virtual and remote file systems too. */
export function answerFileRequests(client: BaseLanguageClient): Disposable[] {
  return [
    client.onRequest(FileRequests.stat, (params: FileParams) => stat(params)),
    client.onRequest(FileRequests.readFile, (params: FileParams) => readFile(params)),
    client.onRequest(FileRequests.readDirectory, (params: FileParams) => readDirectory(params)),
  ];
}

async function stat(params: FileParams): Promise<FileStatResult> {
  const found = await statOf(params);
  return found === undefined ? null : { kind: kindOf(found.type), size: found.size, mtime: found.mtime };
}

async function readFile(params: FileParams): Promise<ReadFileResult> {
  const found = await statOf(params);
  if (
    found === undefined ||
    kindOf(found.type) !== "file" ||
    found.size > Math.min(params.maxBytes ?? maxBytes, maxBytes)
  ) {
    return null;
  }
  const bytes = await orUndefined(workspace.fs.readFile(Uri.parse(params.uri)));
  return bytes === undefined ? null : { base64: toBase64(bytes) };
}

async function readDirectory(params: FileParams): Promise<ReadDirectoryResult> {
  const uri = reachable(params);
  const entries = uri === undefined ? undefined : await orUndefined(workspace.fs.readDirectory(uri));
  // Links are not followed: a folder may link to its own parent.
  return (entries ?? []).map(([name, type]) => [name, type & FileType.SymbolicLink ? "other" : kindOf(type)]);
}

async function statOf(params: FileParams): Promise<FileStat | undefined> {
  const uri = reachable(params);
  return uri === undefined ? undefined : orUndefined(workspace.fs.stat(uri));
}

function reachable(params: FileParams): Uri | undefined {
  const uri = Uri.parse(params.uri);
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri);
  return isReachable(uri, folders) ? uri : undefined;
}

/** The type without the flag of a link, whose target the type describes. */
function kindOf(type: FileType): "file" | "directory" | "other" {
  if ((type & FileType.File) !== 0) {
    return "file";
  }
  return (type & FileType.Directory) === 0 ? "other" : "directory";
}

/** An entry that is absent or may not be read is no failure here. */
async function orUndefined<T>(answer: Thenable<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch {
    return undefined;
  }
}
