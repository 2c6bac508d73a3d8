import { describe, expect, it } from "vitest";
import { english } from "../../../server/src/core/text/say.ts";
import { analyse } from "../../support/analyse.ts";

const STACK = (id: number, call: string) => [
  `sync.runtime_SemacquireMutex(0xc000091f0c, 0xc00003b500, 0x1)`,
  "\t/usr/local/go/src/runtime/sema.go:71 +0x47",
  "sync.(*Mutex).lockSlow(0xc000091f08)",
  "\t/usr/local/go/src/sync/mutex.go:138 +0xfc",
  "sync.(*Mutex).Lock(...)",
  "\t/usr/local/go/src/sync/mutex.go:81",
  `${call}(0xc000091ef0)`,
  `\t/src/bal/cache.go:${100 + id} +0x40f`,
];

const entry = (id: number) => [
  `    leaktest.go:132: leaktest: leaked goroutine: goroutine ${id} [chan receive]:`,
  "        main.f(0xc000091ef0)",
  "        \t/src/main.go:9 +0x40f",
];

const said = (text: readonly string[]) =>
  analyse(`${text.join("\n")}\n`).findings.map(({ certainty, rule, message, evidence }) => ({
    what: `${certainty} ${rule}`,
    message: english(message),
    evidence: evidence.map(english),
  }));

describe("the list of a leak checker", () => {
  it("is a finding of its own, with the locks that its goroutines wait for", () => {
    const found = said([
      "    leaks.go:78: found unexpected goroutines:",
      "        [Goroutine 22 in state semacquire, with sync.runtime_SemacquireMutex on top of the stack:",
      "        goroutine 22 [semacquire]:",
      ...STACK(22, "example.org/bal.(*conn).New").map((line) => `        ${line}`),
      "        ",
      "         Goroutine 6 in state semacquire, with sync.runtime_SemacquireMutex on top of the stack:",
      "        goroutine 6 [semacquire]:",
      ...STACK(6, "example.org/bal.(*conn).Remove").map((line) => `        ${line}`),
      "        ]",
    ]);
    expect(found.map(({ what }) => what)).toEqual(["strong leaked", "strong leaked"]);
    expect(found[0]?.message).toContain(
      "bal.(*conn).New at cache.go:122: 1 goroutine still blocked when the test ended",
    );
    expect(found[0]?.evidence).toContain(
      "1 goroutine waits for the Mutex 0xc000091f08 in bal.(*conn).Remove at cache.go:106.",
    );
  });

  it("may be leaktest's, an entry for each goroutine", () => {
    expect(said([...entry(7), ...entry(8)]).map(({ what }) => what)).toEqual(["strong leaked"]);
  });

  it("may say no more than that a goroutine is leaked", () => {
    const own = [...entry(7), ...entry(8)].map((line) =>
      line.replace("    leaktest.go:132: leaktest: leaked", "cart_test.go:31: Leaked"),
    );
    expect(own[0]).toBe("cart_test.go:31: Leaked goroutine: goroutine 7 [chan receive]:");
    expect(said(own.map((line) => line.replace(/^ {8}/, ""))).map(({ what }) => what)).toEqual(["strong leaked"]);
  });
});
