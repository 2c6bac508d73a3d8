import { isAscii, isUtf8 } from "node:buffer";
import { constants, open, readdir, realpath, stat } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { canonicalUri } from "../service/locator/fileTree.ts";
import type { FileStat, FileSystem } from "../service/base/ports.ts";

/** The files of this machine. Addresses of another scheme, or of another host, are absent. */
export const nodeFileSystem: FileSystem = {
  async stat(uri) {
    return attempt(uri, async (path) => {
      const entry = await stat(path);
      return { kind: kindOf(entry), size: entry.size, mtime: entry.mtimeMs };
    });
  },

  async readFile(uri, maxBytes) {
    return attempt(uri, (path) => readBounded(path, maxBytes));
  },

  async readDirectory(uri) {
    const entries = await attempt(uri, (path) => readdir(path, { withFileTypes: true }));
    return entries?.map((entry) => [entry.name, kindOf(entry)] as const) ?? [];
  },

  async realPath(uri) {
    return attempt(uri, async (path) => canonicalUri(pathToFileURL(await realpath(path)).href));
  },
};

/** The text of a file of this machine in UTF-8, see `Platform.readText`. */
export async function readNodeText(uri: string, maxBytes: number): Promise<string | undefined> {
  const bytes = await nodeFileSystem.readFile(uri, maxBytes);
  if (bytes === undefined) return undefined;
  // With a large file each step takes long enough to have a turn of its own.
  const isCopied = isAscii(bytes);
  await setImmediate();
  const text = isCopied ? copied(bytes) : decoded(bytes);
  await setImmediate();
  return text;
}

/** Where all is ASCII a copy is enough. */
function copied({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString("latin1");
}

function decoded(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? new TextDecoder().decode(bytes) : undefined;
}

interface Entry {
  isFile(): boolean;
  isDirectory(): boolean;
}

function kindOf(entry: Entry): FileStat["kind"] {
  if (entry.isFile()) return "file";
  return entry.isDirectory() ? "directory" : "other";
}

/** To open a pipe that nobody writes to must not wait. Windows knows no such flag, and no such pipes. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** A device or a pipe is no file to read: it may never end. Nor may one that grows, or that has no size to tell (`/proc`). */
async function readBounded(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const file = await open(path, READ_AT_ONCE);
  try {
    const entry = await file.stat();
    if (!entry.isFile() || entry.size > maxBytes) return undefined;
    // A byte more shows that the file is as large as it said.
    const bytes = new Uint8Array(entry.size + 1);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length);
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

/** Whatever the system refuses is absent: the caller searches elsewhere and says so. */
async function attempt<T>(uri: string, read: (path: string) => Promise<T>): Promise<T | undefined> {
  const path = localPath(uri);
  if (path === undefined) return undefined;
  try {
    return await read(path);
  } catch {
    return undefined;
  }
}

/** The path of a `file:` address without a host: one with a host would be opened over the network on Windows. */
function localPath(uri: string): string | undefined {
  if (!uri.startsWith("file:///")) return undefined;
  try {
    const path = fileURLToPath(uri);
    return path.startsWith("\\\\") || path.startsWith("//") ? undefined : path;
  } catch {
    return undefined;
  }
}
