import { expect, test } from "vitest";
import { SoughtAddresses } from "../../../server/src/core/locks/soughtAddresses.ts";

function among(args: string, ...sought: bigint[]): readonly string[] {
  const addresses = new SoughtAddresses();
  for (const address of sought) addresses.add(address);
  return addresses.among(args);
}

test("an address is found wherever it stands among the arguments, as often as it does", () => {
  expect(among("0xc000118008, {0x1, 0xc000118008}, 0x7f", 0xc000118008n)).toEqual(["0xc000118008", "0xc000118008"]);
  expect(among("{{0xc000118008}, ...}", 0xc000118008n, 0x7fn)).toEqual(["0xc000118008"]);
});

test("what is not sure is not found, nor what is no number", () => {
  expect(among("0xc000118008?, 0xC000118008, c000118008", 0xc000118008n)).toEqual([]);
  expect(["", "...", "_, 0x", "{...}"].flatMap((args) => among(args, 0xc000118008n))).toEqual([]);
});

test("addresses with other low bits are left out, those with the same are for the caller to compare", () => {
  expect(among("0xc000118010, 0xd000118008, 0xffffffffffffffff", 0xc000118008n)).toEqual(["0xd000118008"]);
});
