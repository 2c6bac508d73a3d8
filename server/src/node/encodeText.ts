import type { EncodeUtf8 } from "../service/base/ports.ts";

const encoder = new TextEncoder();

/** Encodes with what Node has for it: where all is ASCII, straight into the room. */
export const encodeText: EncodeUtf8 = (text, room = new Uint8Array(text.length)) => {
  const { read, written } = encoder.encodeInto(text, room);
  return read === text.length ? room.subarray(0, written) : encoder.encode(text);
};
