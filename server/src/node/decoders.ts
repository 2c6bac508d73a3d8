// What a file that is no plain text is read with: the command line loads it when it meets one.
export { AnyReader } from "../formats/anyReader.ts";
export { SpanReader } from "../formats/spanReader.ts";
