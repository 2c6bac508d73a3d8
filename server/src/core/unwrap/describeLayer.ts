import { type Message, say } from "../text/say.ts";
import type { Layer } from "../model/wrapping.ts";

/** What stands around a dump, as it reads in a sentence. */
export function describeLayer(layer: Layer): Message {
  switch (layer.kind) {
    case "prefix":
      return layer.sample.trim() === "" ? say`the indentation` : say`what stands before each line ("${layer.sample}")`;
    case "pattern":
      return say`what the setting says stands before each line ("${layer.pattern}")`;
    case "field":
      return say`the ${layer.style} records that hold each line in the field "${layer.key}"`;
    case "console":
      return say`the places in scripts that a browser's console shows behind each line`;
    case "progress":
      return say`the marks and source lines of a test framework's progress report`;
    case "escaped":
      return say`the escapes of the string that holds it on one line`;
    case "separated":
      return say`the "${layer.separator}" between its lines`;
    case "html":
      return say`the tags and character references of the page`;
    default:
      return say`the calls of write to ${layer.descriptor} that strace shows`;
  }
}

/** Whether a layer is an indentation: a line without it ends the text behind it. */
export function isIndent(layer: Layer): boolean {
  return layer.kind === "prefix" && layer.sample.trim() === "";
}

export function isSameLayer(left: Layer, right: Layer): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
