import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { confinedIn } from "../../support/confinedGoroutines.ts";

const STUCK = join(import.meta.dirname, "../../fixtures/stuck");

test.each([
  { name: "plain", recall: 1 },
  { name: "varied", recall: 0.6 },
])("none that the source of $name calls hopeless went on later", ({ name, recall }) => {
  const read = (file: string) => gunzipSync(readFileSync(join(STUCK, `${name}.${file}.gz`))).toString();
  const truth = JSON.parse(readFileSync(join(STUCK, `${name}.json`), "utf8")) as { stuck: number[]; leaked: number[] };
  const hopeless = confinedIn({ "main.go": read("main.go") }, read("dump.txt"), `/home/dev/src/${name}/`);
  const stuck = new Set(truth.stuck);
  expect(hopeless?.filter((id) => !stuck.has(id))).toEqual([]);
  const found = truth.leaked.filter((id) => hopeless?.includes(id));
  expect(found.length / truth.leaked.length).toBeGreaterThanOrEqual(recall);
});
