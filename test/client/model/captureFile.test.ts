import { describe, expect, it } from "vitest";
import { captureFileName, whatCame } from "../../../client/src/model/captureFile.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("the name of a captured dump", () => {
  const time = Date.UTC(2026, 10, 21, 5, 59, 3, 999);

  it("says whose it is and when it was taken, in UTC", () => {
    expect(captureFileName("localhost:6060", time, "stacks", 0)).toBe(
      "goroutine-localhost-6060-2026-11-21T05-59-03Z.dump",
    );
  });

  it("is another one where that is taken, and for another profile", () => {
    expect(captureFileName("[::1]:80", time, "stacks", 1)).toBe("goroutine-1-80-2026-11-21T05-59-03Z.2.dump");
    expect(captureFileName("h", time, "labels", 0)).toBe("goroutine-h-2026-11-21T05-59-03Z.debug1.dump");
  });

  it("holds nothing a host's name could lead astray with", () => {
    expect(captureFileName("../../etc/x", time, "stacks", 0)).not.toContain("/");
  });
});

describe("what a server answered", () => {
  it.each([
    ["goroutine 1 [running]:\nmain.main()\n", "dump"],
    ["goroutine profile: total 4\n", "dump"],
    ["goroutineleak profile: total 4\n", "dump"],
    ["", "empty"],
    [" \n", "empty"],
    ["<!DOCTYPE html>\n<html>", "html"],
    ["<html><body>Login", "html"],
    ['{"error":"no"}', "noDump"],
    ["heap profile: 1: 2 [3: 4] @ heap/1048576", "noDump"],
  ])("%j is told: %s", (text, what) => {
    expect(whatCame(bytes(text))).toBe(what);
  });
});
