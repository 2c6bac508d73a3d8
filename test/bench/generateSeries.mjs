// Dumps to compare.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateDump } from "./generate.mjs";

/** Minutes between two dumps. */
const STEP_MINUTES = 10;

/** A dump of goroutines that never move, each with a stack of its own; whoever started them has ended. */
export function writeStuck(path, goroutines, step) {
  const blocks = Array.from({ length: goroutines }, (_, index) => {
    const name = `example.com/app/p${index % 50}.(*Worker${index % 7}).wait(0xc000${index})`;
    const place = `/src/app/p${index % 50}/worker.go:${index + 10} +0x45`;
    const creator = `example.com/app/p${index % 50}.start in goroutine ${1_000_000 + index}`;
    const header = `goroutine ${index + 2} [chan receive, ${5 + step * STEP_MINUTES} minutes]:`;
    return `${header}\n${name}\n\t${place}\ncreated by ${creator}\n\t/src/app/start.go:7 +0x3a\n`;
  });
  writeFileSync(path, blocks.join("\n"));
}

/** The paths of a series of dumps: made when they are not there yet. */
export function writeSeries(folder, dumps, goroutines) {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: dumps }, (_, index) => {
    const minute = String(index).padStart(2, "0");
    const path = join(folder, `${goroutines}-2026-01-02T03-${minute}-00Z.txt`);
    if (!existsSync(path)) generateDump({ path, goroutines: goroutines + index * 10 });
    return path;
  });
}
