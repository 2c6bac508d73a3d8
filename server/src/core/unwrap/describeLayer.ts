import type { Layer } from "../model/wrapping.ts";

/** What stands around a dump, as it reads in a sentence. */
export function describeLayer(layer: Layer): string {
  switch (layer.kind) {
    case "prefix":
      return layer.sample.trim() === "" ? "the indentation" : `what stands before each line ("${layer.sample}")`;
    case "pattern":
      return `what the setting says stands before each line ("${layer.pattern}")`;
    case "field":
      return `the ${layer.style} records that hold each line in the field "${layer.key}"`;
    case "escaped":
      return "the escapes of the string that holds it on one line";
    case "separated":
      return `the "${layer.separator}" between its lines`;
    case "html":
      return "the tags and character references of the page";
    default:
      return `the calls of write to ${layer.descriptor} that strace shows`;
  }
}
