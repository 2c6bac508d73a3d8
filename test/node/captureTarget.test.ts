import { expect, test } from "vitest";
import { readTargets } from "../../server/src/node/captureTarget.ts";

const hosts = (text: string) => readTargets(text, true).map(({ host }) => host);

test("targets that differ in their query are told apart by their host", () => {
  expect(hosts("web/dump?pod=1 host=web-1\nweb/dump?pod=2 host=web-2\n")).toEqual(["web-1", "web-2"]);
});

test("targets that differ in nothing but their query are refused, and the query is not repeated", () => {
  const text = "web/dump?token=secret1\nweb/dump?token=secret2\n";
  expect(() => readTargets(text, true)).toThrow(
    /^two targets are http:\/\/web\/dump but for their query, .*host=NAME$/,
  );
});

test("a target that is listed twice is one", () => {
  expect(hosts("web:6060\nhttp://web:6060/ zone=a\n")).toEqual(["web:6060"]);
});
