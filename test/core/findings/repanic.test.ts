import { expect, test } from "vitest";
import { english } from "../../../server/src/core/text/say.ts";
import { analyse } from "../../support/analyse.ts";

const panicText = (first: string, second: string) =>
  `panic: ${first} [recovered]\n\tpanic: ${second}\n\ngoroutine 1 [running]:\nshop/log.Guard.func1()\n\t/src/log/log.go:4 +0x34\npanic({0x6a88e0, 0x907760})\n\t/usr/local/go/src/runtime/panic.go:884 +0x212\nshop/book.Tag()\n\t/src/book/book.go:26 +0x2\nmain.main()\n\t/src/main.go:26 +0x2\n`;

test("a panic that a deferred function repeats tells where it began", () => {
  const [repeated] = analyse(panicText("no account", "no account")).findings;
  expect(english(repeated!.title)).toBe("Panic: no account: log.go:4");
  expect(repeated!.evidence.map(english)).toContain(
    "What panicked first is book.Tag at book.go:26: your code above it on the stack ran deferred.",
  );
  const [another] = analyse(panicText("no account", "no log")).findings;
  expect(english(another!.title)).toBe("Panic: no log: log.go:4");
  expect(another!.evidence.map(english).join()).not.toContain("What panicked first");
});
