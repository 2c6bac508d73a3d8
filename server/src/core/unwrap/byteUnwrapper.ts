import type { ByteLine } from "../text/byteLine.ts";

/**
 * What a line in bytes is to a layer: it has become what it holds, it is no line of the layer, or only the unwrapper of
 * lines can say.
 */
export type Unwrapped = "taken" | "none" | "unsure";

/** Takes one layer off lines in bytes. Where it is sure it does what the layer's `Unwrapper` does. */
export interface ByteUnwrapper {
  /** The line is changed only where it is taken. */
  unwrap(line: ByteLine): Unwrapped;
}
