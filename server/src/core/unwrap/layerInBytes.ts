import type { Layer } from "../model/wrapping.ts";
import type { ByteUnwrapper } from "./byteUnwrapper.ts";
import { fieldInBytes } from "./fieldInBytes.ts";
import { patternInBytes, prefixInBytes } from "./prefixInBytes.ts";

/** For layers whose lines are read as text. */
const UNSURE: ByteUnwrapper = { unwrap: () => "unsure" };

/** What takes that layer off lines in bytes. */
export function layerInBytes(layer: Layer): ByteUnwrapper {
  switch (layer.kind) {
    case "prefix":
      return prefixInBytes(layer.sample) ?? UNSURE;
    case "pattern":
      return patternInBytes(layer.pattern) ?? UNSURE;
    case "field":
      return fieldInBytes(layer) ?? UNSURE;
    default:
      return UNSURE;
  }
}
