import { expect, test } from "vitest";
import { hasTransport } from "../../server/src/node/transports.ts";

test.each([
  ["--stdio"],
  ["--node-ipc"],
  ["--socket=6009"],
  ["--socket", "6009"],
  ["--pipe=/tmp/x"],
  ["--x", "--pipe", "x"],
])("%j says how to talk", (...args) => {
  expect(hasTransport(args)).toBe(true);
});

test.each([[], ["stdio"], ["--socket"], ["--socket=abc"], ["--socket=0"], ["--socket=65536"], ["--pipe="], ["--pipe"]])(
  "%j does not",
  (...args) => {
    expect(hasTransport(args)).toBe(false);
  },
);
