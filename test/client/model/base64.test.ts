import { expect, it } from "vitest";
import { toBase64 } from "../../../client/src/model/base64.ts";

it.each([0, 1, 2, 3, 4, 255, 20_000])("writes %d bytes as every decoder reads them", (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) & 255);

  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
});
