import type { StackConfinement } from "../../server/src/core/analysis/confinement.ts";

/** What the source says of goroutines of which it shows nothing: what a test is about is put in its place. */
export const NOTHING_SHOWN: StackConfinement = {
  waits: undefined,
  isForItself: false,
  hasWayOut: false,
  handsOver: false,
  isOpen: false,
  isForeign: false,
  serves: [],
  pairs: [],
  holds: [],
  foreign: undefined,
};
