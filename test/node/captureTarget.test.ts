import { expect, test } from "vitest";
import { nameOfDump, readTargets } from "../../server/src/node/captureTarget.ts";

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

test.each([
  ["web:6060\n\nweb-2:6060 zone\n", "line 3 of the targets: behind a target stand labels, KEY=VALUE, not zone"],
  ["w\0e\0b\0\n", "line 1 of the targets: there is a NUL character in it: is the list in UTF-8?"],
  ["web:6060 host=\n", "line 1 of the targets: host= names no host"],
  ["# all\nftp://web/dump\n", "line 2 of the targets: only http and https can be asked, not ftp"],
  ["http://[\n", "line 1 of the targets: a target is no address: HOST:PORT or http://HOST:PORT/PATH is one"],
])("what is wrong with %j is said with its line", (text, sentence) => {
  expect(() => readTargets(text, true)).toThrow(sentence);
});

test("what a command gets may look like any address", () => {
  const [target] = readTargets("ftp://web/dump\n", false);
  expect(target?.address).toBe("ftp://web/dump");
});

test("a dump is named by host, time and what came", () => {
  const time = new Date("2026-11-20T08:00:00.123Z");
  expect(nameOfDump("web:6060", time, "pb.gz", 1)).toBe("web_6060-20261120-080000Z.pb.gz");
  expect(nameOfDump("web:6060", time, "pb.gz", 2)).toBe("web_6060_2-20261120-080000Z.pb.gz");
});
