import { expect, test } from "vitest";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { packReading, unpackReading } from "../../../server/src/service/parseThread/sentReading.ts";

const labelled = (id: number, labels: string): string =>
  `goroutine ${id} [select]${labels}:\nmain.work()\n\t/app/main.go:3 +0x1d\n\n`;

test("a reading comes as it was sent, with the labels of each dump", async () => {
  const first = labelled(1, "") + labelled(2, ` {"host": "ä-😀", "empty": ""}`) + labelled(3, ` {"host": "b"}`);
  const reading = readDumps(
    encodeUtf8(`${first}SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n${labelled(1, ` {"job": "7"}`)}`),
  );
  expect(reading.dumps).toHaveLength(2);
  const sent = structuredClone(packReading(reading));
  expect(sent.reading.dumps.map(({ labelSets }) => labelSets)).toEqual([[], []]);
  const taken = await unpackReading(sent, async () => {});
  expect(taken).toEqual(structuredClone(reading));
  expect(taken.dumps[0]?.labelSets).toContainEqual([
    ["empty", ""],
    ["host", "ä-😀"],
  ]);
});

test("many label sets are unpacked with pauses", async () => {
  const text = Array.from({ length: 5000 }, (_, index) => labelled(index + 1, ` {"request": "r${index}"}`)).join("");
  const reading = readDumps(encodeUtf8(text));
  let pauses = 0;
  const taken = await unpackReading(packReading(reading), async () => void pauses++);
  expect(taken.dumps[0]?.labelSets).toEqual(reading.dumps[0]?.labelSets);
  expect(pauses).toBe(5);
});
