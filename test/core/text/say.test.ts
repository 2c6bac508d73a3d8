import { expect, it } from "vitest";
import { english, joined, type Message, NOTHING, say, templateOf, word } from "../../../server/src/core/text/say.ts";

const lock = say`the Mutex ${"0xc0"}`;

it("is said in English as it is written", () => {
  expect(english(say`${3} goroutines wait for ${lock}.`)).toBe("3 goroutines wait for the Mutex 0xc0.");
  expect(english(say`a${NOTHING}${""}b`)).toBe("ab");
  expect(english(joined([lock, say`${"x"}`, NOTHING], ", "))).toBe("the Mutex 0xc0, x, ");
});

it("has a template for each of its parts, into which another language puts the values where it likes", () => {
  const message = say`${3} goroutines wait for ${lock}.`;
  const words = new Map([
    ["{0} goroutines wait for {1}.", "{1} ← {0}"],
    ["the Mutex {0}", "Mutex {0}"],
  ]);

  expect(templateOf(message)).toBe("{0} goroutines wait for {1}.");
  expect(word(message, (part) => words.get(templateOf(part)) ?? templateOf(part))).toBe("Mutex 0xc0 ← 3");
});

it("takes what a dump says for no place of its own", () => {
  expect(english(say`${"{1}"} and ${"$&"}`)).toBe("{1} and $&");
});

it("is plain data, which another thread gets whole", () => {
  const message: Message = say`${1} of ${lock}`;

  expect(english(structuredClone(message))).toBe("1 of the Mutex 0xc0");
});

it("has a space between Chinese characters and the Latin letters of a value, and no other", () => {
  const words = new Map([
    ["{0} of {1}", "持有{0}的{1}。"],
    ["a lock", "锁"],
  ]);
  const inChinese = (message: Message): string => word(message, (part) => words.get(templateOf(part)) ?? "{0}");

  expect(inChinese(say`${"goroutine 45"} of ${say`a lock`}`)).toBe("持有 goroutine 45 的锁。");
  expect(inChinese(say`${say`a lock`} of ${"0xc0"}`)).toBe("持有锁的 0xc0。");
});
