import { assert, property, string, uint8Array } from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeUtf8, encodeUtf8 } from "../../../server/src/core/text/utf8.ts";

describe("UTF-8", () => {
  it("is encoded and decoded as the platform does it", () => {
    assert(
      property(string({ unit: "binary" }), (text) => {
        expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
        expect(decodeUtf8(encodeUtf8(text))).toBe(new TextDecoder().decode(new TextEncoder().encode(text)));
      }),
    );
  });

  it("never throws on bytes that are none, and keeps what is around them", () => {
    assert(
      property(uint8Array(), (bytes) => {
        const text = decodeUtf8(Uint8Array.from([0x61, ...bytes, 0x62]));
        expect(text.startsWith("a")).toBe(true);
        expect(text.endsWith("b")).toBe(true);
      }),
    );
  });

  it("decodes long texts", () => {
    const text = `${"x".repeat(10_000)}ü${"y".repeat(10_000)}`;
    expect(decodeUtf8(encodeUtf8(text))).toBe(text);
  });
});
