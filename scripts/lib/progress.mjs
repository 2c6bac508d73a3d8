import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** How often a long work says that it goes on. */
const intervalMs = 5000;

/**
 * Says every few seconds how far a work is that fills a folder, so that nobody takes minutes of silence for a hang.
 * @template T
 * @param {string} name of what is going on
 * @param {string} folder that grows meanwhile
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(name, folder, work) {
  const start = performance.now();
  const seconds = () => Math.round((performance.now() - start) / 1000);
  console.log(`  ${name} ...`);
  const tell = async () => {
    const megabytes = Math.round((await folderSize(folder)) / 1e6);
    console.log(`  ${name} ... ${megabytes} MB after ${seconds()} s`);
  };
  const timer = setInterval(() => void tell(), intervalMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/**
 * Bytes of the files below a folder; one that comes or goes meanwhile may be missing.
 * @param {string} folder
 * @returns {Promise<number>}
 */
async function folderSize(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (entry.isFile())
      bytes += await stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      );
  }
  return bytes;
}
