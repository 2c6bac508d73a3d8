const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const digits = Uint8Array.from(alphabet, (digit) => digit.charCodeAt(0));
const padding = "=".charCodeAt(0);

/** Base64 of the bytes, with padding. Written out because the extension hosts share no built-in for it. */
export function toBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  for (let i = 0, o = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) {
      codes[o++] = digits[(group >> shift) & 63] ?? padding;
    }
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  codes.fill(padding, codes.length - missing);
  return charactersOf(codes);
}

/** The bytes that Base64 stands for; what is no digit of it is left out. */
export function fromBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [length, bits, group] = [0, 0, 0];
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) continue;
    group = ((group << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length++] = (group >> bits) & 0xff;
    }
  }
  return bytes.slice(0, length);
}

function charactersOf(codes: Uint8Array): string {
  let text = "";
  for (const code of codes) {
    text += String.fromCharCode(code);
  }
  return text;
}
