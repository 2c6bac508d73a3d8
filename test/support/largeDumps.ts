import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { generateDump } from "../bench/generate.mjs";

/** Writes a dump over and over, each time with ids of its own, until there are so many megabytes. */
export function repeatDump(dump: string, path: string, megabytes: number): void {
  const text = `${readFileSync(dump, "utf8").trimEnd()}\n\n`;
  const idsOfOne = Math.max(...[...text.matchAll(/^goroutine (\d+)/gm)].map(([, id]) => Number(id))) + 1;
  const file = openSync(path, "w");
  let bytes = 0;
  for (let copy = 0; bytes < megabytes * 1e6; copy++) {
    const idOf = (id: string) => Number(id) + copy * idsOfOne;
    bytes += writeSync(
      file,
      text.replaceAll(/(^| in )goroutine (\d+)/gm, (_, start: string, id: string) => `${start}goroutine ${idOf(id)}`),
    );
  }
  closeSync(file);
}

/** Writes a gzip file that takes seconds to read: so many members, each of them the same 15 MB. */
export function packSlowly(path: string, members: number): void {
  generateDump({ path, goroutines: 10_000 });
  const member = gzipSync(readFileSync(path), { level: 1 });
  rmSync(path);
  const file = openSync(path, "w");
  for (let index = 0; index < members; index++) writeSync(file, member);
  closeSync(file);
}
