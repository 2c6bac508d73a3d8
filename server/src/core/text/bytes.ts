/** Whether `length` bytes are the same in both views, which have as many there; compares eight at a time. */
export function sameBytes(left: DataView, leftAt: number, right: DataView, rightAt: number, length: number): boolean {
  const last = length - 8;
  if (last < 0) return sameFew(left, leftAt, right, rightAt, length);
  for (let done = 0; done < last; done += 8) if (!sameEight(left, leftAt + done, right, rightAt + done)) return false;
  return sameEight(left, leftAt + last, right, rightAt + last);
}

function sameEight(left: DataView, leftAt: number, right: DataView, rightAt: number): boolean {
  const low = left.getInt32(leftAt, true) ^ right.getInt32(rightAt, true);
  return (low | (left.getInt32(leftAt + 4, true) ^ right.getInt32(rightAt + 4, true))) === 0;
}

function sameFew(left: DataView, leftAt: number, right: DataView, rightAt: number, length: number): boolean {
  for (let done = 0; done < length; done++) {
    if (left.getUint8(leftAt + done) !== right.getUint8(rightAt + done)) return false;
  }
  return true;
}

/** Copies a few bytes, four at a time: for names and paths, which a view to copy from would cost more than their copy. */
export function copyBytes(from: DataView, fromAt: number, to: DataView, toAt: number, length: number): void {
  let done = 0;
  for (; done + 4 <= length; done += 4) to.setInt32(toAt + done, from.getInt32(fromAt + done, true), true);
  for (; done < length; done++) to.setUint8(toAt + done, from.getUint8(fromAt + done));
}

/** Offset of the next line feed from `start` on; -1: there is none before `end`. Looks at four bytes at a time. */
export function findLineFeed(view: DataView, start: number, end: number): number {
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const differing = view.getInt32(at, true) ^ 0x0a0a0a0a;
    // The high bit of a byte stays set where the byte is zero (and, harmlessly, perhaps above such a byte).
    if (((differing - 0x01010101) & ~differing & 0x80808080) !== 0) break;
  }
  for (; at < end; at++) if (view.getUint8(at) === 0x0a) return at;
  return -1;
}

/** Whether a range holds ASCII without control characters; looks at four bytes at a time. */
export function isPlainText(view: DataView, start: number, end: number): boolean {
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = view.getInt32(at, true);
    if (((word | ((word - 0x20202020) & ~word)) & 0x80808080) !== 0) return false;
  }
  for (; at < end; at++) if (view.getUint8(at) < 0x20 || view.getUint8(at) >= 0x80) return false;
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
