import { describe, expect, test } from "vitest";
import { applyIgnore } from "../../../server/src/core/findings/applyIgnore.ts";
import { formatIgnore, type IgnoreEntry, parseIgnore } from "../../../server/src/core/findings/ignore.ts";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { analyse } from "../../support/analyse.ts";

const RULES = ["leak", "nil-channel"] as const;

const TEXT = [1, 2, 3]
  .map(
    (number) =>
      `goroutine ${number + 6} [chan send (nil chan)]:\nruntime.gopark()\n\t/usr/local/go/src/runtime/proc.go:1 +0x1\n` +
      `example.com/shop.(*Hub).deliver()\n\t/src/shop/hub.go:${number} +0x1d\n` +
      `created by example.com/shop.(*Hub).Broadcast in goroutine 1\n\t/src/shop/hub.go:30 +0x1d\n\n`,
  )
  .join("");

function ignore(file: string) {
  const { dump, findings } = analyse(TEXT);
  const groups = groupGoroutines(dump, { byLabels: false });
  return { found: findings.length, ...applyIgnore(dump, groups, findings, parseIgnore(file, RULES).entries) };
}

describe("an ignore file", () => {
  test("has an entry a line, comments and blank lines", () => {
    const { entries, problems } = parseIgnore(
      "# expected\n\ntop-function main.f # why\r\n  created-by   main.(*T).Go  rule=leak\n",
      RULES,
    );
    expect(entries).toEqual([
      { kind: "top-function", name: "main.f", rule: null, line: 2 },
      { kind: "created-by", name: "main.(*T).Go", rule: "leak", line: 3 },
    ]);
    expect(problems).toEqual([]);
  });

  test.each([
    ["goroutine main.f", '"goroutine" is none of top-function, any-function, created-by.'],
    ["top-function", "top-function needs the name of a function behind it."],
    ["any-function *", "any-function needs the name of a function behind it."],
    ["top-function main.f rule=nonsense", 'There is no rule "nonsense".'],
    [`top-function ${"x".repeat(3000)}`, "The name is longer than 2000 characters."],
  ])("reports what is no entry: %s", (line, message) => {
    expect(parseIgnore(line, RULES)).toEqual({ entries: [], problems: [{ line: 0, message }] });
  });

  test("is not read on behind five thousand lines", () => {
    const { entries, problems } = parseIgnore("top-function main.f\n".repeat(6000), RULES);
    expect(entries).toHaveLength(5000);
    expect(problems).toEqual([{ line: 5000, message: "Only the first 5000 lines are read." }]);
  });

  test("gives the entry back that it was written from", () => {
    const entry: IgnoreEntry = { kind: "created-by", name: "a/b.(*T).Go", rule: "leak", line: 0 };
    expect(parseIgnore(formatIgnore(entry), RULES).entries).toEqual([entry]);
  });
});

describe("entries", () => {
  test.each([
    "top-function example.com/shop.(*Hub).deliver",
    "top-function runtime.gopark",
    "top-function *.deliver",
    "any-function example.com/shop.*",
    "any-function *Hub*",
    "created-by example.com/shop.(*Hub).Broadcast",
    "top-function example.com/shop.(*Hub).deliver rule=nil-channel",
  ])("silence the findings they mean: %s", (line) => {
    const { found, findings, ignored, unused } = ignore(line);
    expect(found).toBeGreaterThan(0);
    expect(findings).toEqual([]);
    expect(ignored).toHaveLength(found);
    expect(unused).toEqual([]);
  });

  test.each([
    "top-function example.com/shop.(*Hub)",
    "top-function deliver*",
    "created-by example.com/shop.(*Hub).deliver",
    "top-function example.com/shop.(*Hub).deliver rule=leak",
  ])("leave other findings alone: %s", (line) => {
    const { found, findings } = ignore(line);
    expect(findings).toHaveLength(found);
  });

  test("count the groups they expect, and tell when they mean nothing", () => {
    const { groups, unused } = ignore("top-function *.deliver\ntop-function main.gone\n");
    expect(groups.size).toBe(3);
    expect(unused).toMatchObject([{ name: "main.gone" }]);
  });
});
