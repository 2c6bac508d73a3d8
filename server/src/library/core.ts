/** What the package offers to other programs as `goroutine-dump-navigator/core`; docs/library.md shows how it is used. */
export { analyze, type AnalyzeOptions, type DumpFile } from "./analyze.ts";
export type { Content } from "./content.ts";
export { type Goroutine, parse, type ParsedDump, type ParsedFile, type ParsedFrame } from "./parse.ts";
export type * from "../output/fleet.ts";
export type * from "../output/report.ts";
export type * from "../output/row.ts";
