import { expect, it } from "vitest";
import { writeProfile } from "../../../server/src/core/condensed/writeProfile.ts";
import { readDumps } from "../../../server/src/core/read/dumpReader.ts";
import { runToEnd } from "../../../server/src/core/steps.ts";
import { encodeUtf8 } from "../../../server/src/core/text/utf8.ts";
import { contentsOf } from "../../support/readings.ts";

const PROFILE = `goroutine profile: total 12
10 @ 0x43 0x44
#	0x43	main.f+0x1	/a.go:1
#	0x44	main.(*Server).handle+0x1	/long/path/b.go:2

2 @ 0x45
# labels: {"route":"/buy"}
#	0x45	main.g+0x1	/a.go:3
`;

it("prints a profile with its columns below each other, and reads the same again", () => {
  const { dumps } = readDumps(encodeUtf8(PROFILE));
  const text = runToEnd(writeProfile(dumps[0]!));

  expect(text).toBe(`goroutine profile: total 12
10 @
#	0x1	main.f+0x0               	/a.go:1
#	0x2	main.(*Server).handle+0x0	/long/path/b.go:2

2 @
# labels: {"route":"/buy"}
#	0x1	main.g+0x0	/a.go:3
`);
  expect(contentsOf(readDumps(encodeUtf8(text)).dumps)).toEqual(contentsOf(dumps));
});
