import { expect, it } from "vitest";
import { wrapped } from "../../../server/src/service/tree/textLines.ts";

it("breaks a text between words, into lines that a narrow side bar shows whole", () => {
  expect(wrapped("Goroutine 7 has waited for 12 minutes for a lock that goroutine 9 holds.")).toEqual([
    "Goroutine 7 has waited",
    "for 12 minutes for a",
    "lock that goroutine 9",
    "holds.",
  ]);
});

it("breaks a path behind its slashes, a method before its name, and what has neither where the line ends", () => {
  expect(wrapped("/home/somebody/projects/gateway/internal/queue.go:12")).toEqual([
    "/home/somebody/projects/",
    "gateway/internal/",
    "queue.go:12",
  ]);
  expect(wrapped("websocket.(*Connection).SubscribeAll")).toEqual(["websocket.(*Connection)", ".SubscribeAll"]);
  expect(wrapped("x".repeat(50))).toEqual(["x".repeat(24), "x".repeat(24), "xx"]);
});

it("counts two columns for a character of a Chinese text, and breaks between them", () => {
  expect(wrapped("协程等待一把锁已经超过十二分钟而且没有人会释放它")).toEqual([
    "协程等待一把锁已经超过十",
    "二分钟而且没有人会释放它",
  ]);
});

it("keeps every word", () => {
  const text = "held since `a/b.go:1`, and: (x) [y]   z\nsecond line, 第二行 in between";
  expect(wrapped(text).join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
});
