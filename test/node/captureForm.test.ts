import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { endingOf } from "../../server/src/node/captureForm.ts";

const fixture = (name: string): Uint8Array => readFileSync(`test/fixtures/corpus/leak/leak-go1.27.${name}`);
const [traceback, counted, profile] = [fixture("debug2.txt"), fixture("debug1.txt"), fixture("pb.gz")];

test.each([
  ["debug2.txt", traceback],
  ["debug2.txt.gz", gzipSync(traceback)],
  ["debug1.txt", counted],
  ["pb.gz", profile],
  ["pb", gunzipSync(profile)],
  [null, new TextEncoder().encode("<html>not here</html>")],
  [null, new Uint8Array()],
])("what came is named *.%s", (ending, bytes) => {
  expect(endingOf(bytes)).toBe(ending);
});
