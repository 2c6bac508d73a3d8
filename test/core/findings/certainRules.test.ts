import { expect, test } from "vitest";
import { DEFAULT_CONTEXT } from "../../../server/src/core/analysis/context.ts";
import { runRules } from "../../../server/src/core/findings/runRules.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { analyse } from "../../support/analyse.ts";
import { english } from "../../../server/src/core/text/say.ts";

const goroutine = (id: number, state: string, name = "main.f", line = 8): string =>
  `goroutine ${id} [${state}]:\n${name}()\n\t/src/x/main.go:${line} +0x1d\ncreated by main.main in goroutine 1\n\t/src/x/main.go:3 +0x1d\n\n`;

/** What is said of a panic below a library's logger that lies there. */
const saidOfLogger = (file: string) =>
  english(
    analyse(
      `panic: Log in goroutine after TestCart has completed\n\ngoroutine 7 [running]:\nlog.example/zap.Write(0x1)\n\t${file}:130 +0x1\n` +
        "example.com/shop.(*Cart).watch(0x1)\n\t/src/shop/cart.go:12 +0x1d\ncreated by example.com/shop.Open in goroutine 6\n\t/src/shop/cart.go:9 +0x1d\n",
    ).findings[0]!.message,
  );

const rulesOf = (text: string): string[] => analyse(text).findings.map(({ rule }) => rule);

test("a panic is reported at its line, in words, with the first frame outside the standard library", () => {
  const { findings, dump } = analyse(
    "panic: send on closed channel\n\ngoroutine 7 [running]:\nnet/http.(*conn).serve()\n\t/usr/local/go/src/net/http/server.go:9 +0x1\n" +
      "example.com/shop.(*Hub).Send()\n\t/src/shop/hub.go:12 +0x1d\n",
  );
  const [finding] = findings;
  expect(finding).toMatchObject({ rule: "panic", certainty: "proven", dumpLine: 0, count: 1 });
  expect(english(finding!.message)).toContain("send on closed channel, in shop.(*Hub).Send at hub.go:12.");
  expect(english(finding!.message)).toContain("A channel was closed while a goroutine still sends on it.");
  expect(dump.functions[dump.frames.function[finding?.frame ?? 0] ?? 0]).toBe("example.com/shop.(*Hub).Send");
});

test("a panic in a dependency names the call of the program's own code that led there", () => {
  for (const file of ["/go/pkg/mod/log.example/zap@v1.14.1/logger.go", "/src/shop/vendor/log.example/zap/logger.go"]) {
    expect(saidOfLogger(file)).toContain(
      "in zap.Write at logger.go:130, called from shop.(*Cart).watch at cart.go:12.",
    );
  }
  expect(saidOfLogger("/src/zap/logger.go")).toContain(
    "in zap.Write at logger.go:130. A goroutine that a test has started",
  );
});

test("a panic whose value begins with an empty line is told by the next one", () => {
  const { findings } = analyse(
    "panic: \n\tassert: the call was unexpected.\n\t\tDo this first.\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/x/main.go:8 +0x1d\n",
  );
  expect(english(findings[0]!.message)).toBe("Panic: assert: the call was unexpected, in main.main at main.go:8.");
});

test("a chain of panics is one finding about the last, with the earlier ones related", () => {
  const { findings } = analyse(
    "panic: first [recovered]\n\tpanic: second\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/x/main.go:8 +0x1d\n",
  );
  expect(findings).toHaveLength(1);
  expect(english(findings[0]!.message)).toContain("Panic: second");
  expect(english(findings[0]!.related[0]!.message)).toBe("Before that: first");
});

test("a test timeout names the running tests", () => {
  const { findings } = analyse(
    "panic: test timed out after 1s\n\trunning tests:\n\t\tTestSlow/a (1s)\n\ngoroutine 17 [running]:\n" +
      "testing.(*M).startAlarm.func1()\n\t/usr/local/go/src/testing/testing.go:9 +0x1\n",
  );
  expect(english(findings[0]!.message)).toContain("Still running: TestSlow/a (1s).");
});

test("a stack overflow blames the call that repeats", () => {
  const call = "main.Depth(0x1)\n\t/src/x/main.go:65 +0x5e\n";
  const { dump, findings } = analyse(
    `fatal error: stack overflow\n\ngoroutine 1 [running]:\nmain.Depth(0x1)\n\t/src/x/main.go:62 +0xb\n${call}${call}${call}`,
  );
  expect(dump.frames.line[findings[0]?.frame ?? 0]).toBe(65);
});

test("a signal that was sent to get a dump is no finding", () => {
  expect(rulesOf(`SIGQUIT: quit\nPC=0x1 m=0 sigcode=0\n\n${goroutine(1, "running")}`)).toEqual([]);
});

test("Go's own mark makes a leak proven, once a group", () => {
  const { findings } = analyse(goroutine(7, "chan receive (leaked)") + goroutine(8, "chan receive (leaked)"));
  expect(findings).toMatchObject([{ rule: "leaked", certainty: "proven", count: 2 }]);
  expect(english(findings[0]!.message)).toBe(
    "2 goroutines leaked: blocked forever in main.f at main.go:8 (chan receive).",
  );
});

test("operations on nil channels and empty selects are proven, but not main's empty select", () => {
  expect(rulesOf(goroutine(7, "chan send (nil chan), 2 minutes"))).toEqual(["nil-channel"]);
  expect(rulesOf(goroutine(7, "select (no cases)"))).toEqual(["blocked-forever"]);
  expect(rulesOf(goroutine(1, "select (no cases)", "main.main"))).toEqual([]);
});

test("a rule that is off says nothing", () => {
  const { dump } = analyse(goroutine(7, "select (no cases)"));
  const groups = groupGoroutines(dump, { byLabels: false });
  expect(runRules(dump, groups, { ...DEFAULT_CONTEXT, levels: { "blocked-forever": "off" } })).toEqual([]);
});
