import { describe, expect, test } from "vitest";
import { english } from "../../../server/src/core/text/say.ts";
import { analyse } from "../../support/analyse.ts";
import { dumpText, type GoroutineText, mutexLock } from "../../support/goroutineText.ts";

const ALARM: GoroutineText = {
  id: 17,
  state: "running",
  frames: ["testing.(*M).startAlarm.func1() /usr/local/go/src/testing/testing.go:2961"],
};
const MAIN: GoroutineText = {
  id: 1,
  state: "chan receive",
  frames: ["testing.(*T).Run(0xc000083520) /usr/local/go/src/testing/testing.go:2268", "main.main() testmain.go:50"],
};
const RUNNER = "testing.tRunner(0xc0000836c0, 0x5522a8) /usr/local/go/src/testing/testing.go:2195";
const by = ["testing.(*T).Run /usr/local/go/src/testing/testing.go:2260", 1] as const;

const panicOf = (running: readonly string[], ...goroutines: readonly GoroutineText[]) => {
  const head = [
    "panic: test timed out after 1s",
    ...(running.length > 0 ? ["\trunning tests:"] : []),
    ...running.map((name) => `\t\t${name}`),
  ];
  const { findings } = analyse(`${head.join("\n")}\n\n${dumpText(ALARM, MAIN, ...goroutines)}`);
  const finding = findings.find(({ rule }) => rule === "panic");
  return { message: english(finding!.message), evidence: finding!.evidence.map(english), count: finding!.count };
};

describe("a test time-out", () => {
  const slow: GoroutineText = {
    id: 7,
    state: "sync.Mutex.Lock",
    frames: [
      ...mutexLock("0xc0000d2008"),
      "shop/cart.(*Cart).Add(0xc0000d2000) cart.go:20",
      "shop/cart.TestSlow(0x1) cart_test.go:27",
      RUNNER,
    ],
    by,
  };

  test("names where the running test stands and what it waits for, and who may have that", () => {
    const holder: GoroutineText = {
      id: 8,
      state: "chan send",
      frames: ["shop/cart.(*Cart).Add(0xc0000d2000) cart.go:24"],
      by: ["shop/cart.TestSlow cart_test.go:20", 7],
    };
    const { message, evidence, count } = panicOf(["TestSlow (1s)"], slow, holder);
    expect(message).toBe(
      "cart.(*Cart).Add at cart.go:20 waits for the Mutex 0xc0000d2008, which goroutine 8 may hold in cart.(*Cart).Add at cart.go:24. " +
        "Panic: test timed out after 1s. Still running: TestSlow (1s). Raise -timeout only when the work is really that long.",
    );
    expect(evidence).toContain("1 goroutine that it started: chan send in cart.(*Cart).Add at cart.go:24.");
    expect(count).toBe(1);
  });

  test("leaves out tests that wait for their own, and those that are not running any more", () => {
    const parent: GoroutineText = {
      id: 6,
      state: "chan receive",
      frames: [
        "testing.(*T).Run(0xc000083520) /usr/local/go/src/testing/testing.go:2268",
        "shop/cart.TestSlow(0x1) cart_test.go:9",
        RUNNER,
      ],
      by,
    };
    const other: GoroutineText = { ...slow, id: 9, frames: ["shop/cart.TestOther(0x1) cart_test.go:50", RUNNER] };
    expect(panicOf(["TestSlow/sub (1s)"], parent, slow, other).count).toBe(1);
  });

  test("finds a subtest whose function belongs to a helper with another name", () => {
    const parent: GoroutineText = {
      id: 6,
      state: "chan receive",
      frames: [
        "testing.(*T).Run(0xc000083520) /usr/local/go/src/testing/testing.go:2268",
        "shop/cart.runScenarios(0x1) helper_test.go:36",
        "shop/cart.TestSlow(0x1) cart_test.go:9",
        RUNNER,
      ],
      by,
    };
    const sub: GoroutineText = {
      ...slow,
      state: "chan receive",
      frames: ["shop/cart.runScenarios.func1(0x1) helper_test.go:40", RUNNER],
      by: ["testing.(*T).Run /usr/local/go/src/testing/testing.go:2101", 6],
    };
    expect(panicOf(["TestSlow (2s)", "TestSlow/empty (2s)"], parent, sub).message).toMatch(
      /^cart\.runScenarios\.func1 at helper_test\.go:40 is stuck in a channel receive\. /,
    );
  });

  test("names the test's own call below a dependency", () => {
    const calling: GoroutineText = {
      id: 7,
      state: "IO wait",
      frames: [
        "db.example/wire.(*Conn).read(0x1) go/pkg/mod/db.example/wire@v5.9.1/conn.go:100",
        "shop/cart.setUp(0x1) helper_test.go:12",
        "shop/cart.TestSlow(0x1) cart_test.go:27",
        RUNNER,
      ],
      by,
    };
    expect(panicOf(["TestSlow (1s)"], calling).message).toMatch(
      /^wire\.\(\*Conn\)\.read at conn\.go:100, called from cart\.setUp at helper_test\.go:12, waits for the network or a file\. /,
    );
  });

  test("goes by the stacks where Go does not list the tests", () => {
    expect(panicOf([], slow).message).toMatch(/^cart\.\(\*Cart\)\.Add at cart\.go:20 waits for the Mutex/);
  });

  test("has no place when no test is in the text", () => {
    expect(panicOf(["TestSlow (1s)"]).message).toMatch(/^Panic: test timed out after 1s/);
  });
});
