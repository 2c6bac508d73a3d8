/** Whether `length` bytes are the same in both views; compares four at a time. False where either ends before. */
export function sameBytes(left: DataView, leftAt: number, right: DataView, rightAt: number, length: number): boolean {
  if (rightAt + length > right.byteLength || leftAt + length > left.byteLength) return false;
  let done = 0;
  for (; done + 4 <= length; done += 4) {
    if (left.getInt32(leftAt + done, true) !== right.getInt32(rightAt + done, true)) return false;
  }
  for (; done < length; done++) if (left.getUint8(leftAt + done) !== right.getUint8(rightAt + done)) return false;
  return true;
}

/** Goes on with a hash over `length` bytes, four at a time. Not for anything an attacker may not guess. */
export function hashBytes(seed: number, view: DataView, start: number, length: number): number {
  let hash = seed ^ length;
  let done = 0;
  for (; done + 4 <= length; done += 4) {
    hash = Math.imul(hash ^ view.getInt32(start + done, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; done < length; done++) hash = Math.imul(hash ^ view.getUint8(start + done), 0x01000193);
  return hash ^ (hash >>> 13);
}

/** A view of the bytes' own range of their buffer. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
