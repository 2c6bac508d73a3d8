import { expect, test } from "vitest";
import { receiverOf } from "../../../server/src/core/locks/pointers.ts";

const call = (name: string, args: string | null) => ({ function: name, args });

test("the receiver of a method is its first argument, sure unless Go marks it as a guess", () => {
  expect(receiverOf(call("shop/stock.(*Index).Get", "0xc000118000, 0x5"))).toEqual({
    address: 0xc000118000n,
    isSure: true,
  });
  expect(receiverOf(call("shop/stock.(*Index).Get", "0xc000118000?"))?.isSure).toBe(false);
});

test.each([null, "", "...", "{0xc000118000, 0x5}", "0x5"])("there is none in %j", (args) => {
  expect(receiverOf(call("shop/stock.(*Index).Get", args))).toBeUndefined();
});

test("of a generic type's method it is a guess: newer Go prints its dictionary there", () => {
  expect(receiverOf(call("shop/kv.(*Store[...]).Get", "0x74a4c0, {0x745d68, 0x1}"))?.isSure).toBe(false);
  expect(receiverOf(call("shop/kv.Take[go.shape.int]", "0x74a4c0"))?.isSure).toBe(false);
});
