import { expect, test } from "vitest";
import { english } from "../../../server/src/core/text/say.ts";
import { analyse } from "../../support/analyse.ts";
import { wholeDumpText } from "../../support/goroutineText.ts";

/** What is said of many goroutines that are blocked at one end of a pipe each. */
const saidOf = (method: "read" | "write", end: string) => {
  const blocked = Array.from({ length: 12 }, (_, index) => ({
    id: 7 + index,
    state: "select, 40 minutes",
    frames: [
      `io.(*pipe).${method}(0xc000118000) io/pipe.go:57`,
      `io.(*${end}) io/pipe.go:136`,
      "shop/export.(*Job).stream(0xc000118000) job.go:44",
    ],
    by: ["shop/export.(*Job).Run job.go:20", 77] as const,
  }));
  const text = wholeDumpText({ id: 1, state: "IO wait", frames: ["main.main() main.go:84"] }, ...blocked);
  return analyse(text)
    .findings.map(({ message }) => english(message))
    .join("\n");
};

test("who writes to a pipe waits for its reader", () => {
  expect(saidOf("write", "PipeWriter).Write(0xc000118000)")).toMatch(
    /reads from that pipe or closes it\. .*defer pr\.Close\(\)/,
  );
});

test("who reads from a pipe waits for its writer", () => {
  expect(saidOf("read", "PipeReader).Read(0xc000118000)")).toMatch(
    /writes to that pipe or closes it\. .*pw\.CloseWithError/,
  );
});
