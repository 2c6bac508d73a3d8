import { describe, expect, it } from "vitest";
import { Flag, NO_WAIT } from "../../../../server/src/core/model/dump.ts";
import { type Header, readHeader } from "../../../../server/src/core/forms/traceback/header.ts";

const PLAIN: Header = {
  id: 7,
  state: "chan receive",
  wait: NO_WAIT,
  flags: 0,
  labels: [],
  bubble: null,
  thread: null,
  extras: [],
};

describe("a goroutine's header", () => {
  it.each<[line: string, expected: Partial<Header>]>([
    ["goroutine 7 [chan receive]:", {}],
    ["goroutine 7 [chan receive, 12 minutes]:", { wait: 12 }],
    ["goroutine 7 [chan receive, 1 minutes, locked to thread]:", { wait: 1, flags: Flag.locked }],
    ["goroutine 7 [chan receive (scan)]:", { state: "chan receive (scan)", flags: Flag.scan }],
    ["goroutine 7 [chan receive (leaked)]:", { state: "chan receive (leaked)", flags: Flag.leaked }],
    [
      "goroutine 7 [chan receive (leaked) (scan) (durable), synctest bubble 3]:",
      {
        state: "chan receive (leaked) (scan) (durable)",
        flags: Flag.leaked | Flag.scan | Flag.durable | Flag.bubble,
        bubble: 3,
      },
    ],
    ["goroutine 7 [chan receive, synctest group 34]:", { flags: Flag.bubble, bubble: 34 }],
    ["goroutine 7 [chan receive (nil chan)]:", { state: "chan receive (nil chan)" }],
    ["goroutine 7 [select (no cases), 2 minutes]:", { state: "select (no cases)", wait: 2 }],
    ["goroutine 7 gp=0xc000084700 m=4 mp=0xc000080008 [chan receive]:", { thread: 4 }],
    ["goroutine 7 gp=0xc000084700 m=nil [chan receive, 5 minutes]:", { wait: 5 }],
    ['goroutine 7 [chan receive labels:{"route": "/x]", "user": "7"}]:', labels(["route", "/x]"], ["user", "7"])],
    ["goroutine 7 [chan receive] {route: /x, user: 7}:", labels(["route", "/x"], ["user", "7"])],
    ['goroutine 7 [chan receive] {a: "]}: , \\"", b: }:', labels(["a", ']}: , "'], ["b", ""])],
    ['goroutine 7 [chan receive] {city: "K\\u00f6ln\\n"}:', labels(["city", "Köln\n"])],
    [
      'goroutine 7 [chan receive, 7 minutes, "job":"backup", "n":"1"]:',
      { wait: 7, ...labels(["job", "backup"], ["n", "1"]) },
    ],
    ["goroutine 7 [chan receive, something new]:", { extras: ["something new"] }],
    ["goroutine 7 [chan receive]: // what a reader noted", {}],
  ])("%s", (line, expected) => {
    expect(readHeader(line)).toEqual({ ...PLAIN, ...expected });
  });

  it("knows ids beyond 32 bits", () => {
    expect(readHeader("goroutine 9007199254740991 [running]:")?.id).toBe(9007199254740991);
  });

  it.each([
    "goroutine 7 [chan receive",
    "goroutine 7 [chan receive]",
    "goroutine seven [running]:",
    "goroutine 7 running:",
    'goroutine 7 [chan receive] {a: "b:',
    "created by main.main in goroutine 7",
  ])("%s is none", (line) => {
    expect(readHeader(line)).toBeUndefined();
  });
});

function labels(...pairs: Header["labels"]): Partial<Header> {
  return { labels: pairs };
}
