import { describe, expect, test } from "vitest";
import { english } from "../../../server/src/core/text/say.ts";
import { analyse } from "../../support/analyse.ts";
import { wholeDumpText } from "../../support/goroutineText.ts";

const MAIN = {
  id: 1,
  state: "IO wait, 90 minutes",
  frames: ["net.(*netFD).accept(0xc000200000) fd.go:172", "main.main() main.go:9"],
};
const GET = "shop/config.(*Cache).Get(0xc0000a0018?) cache.go:25";

/** Waits for the Once of a cache, or another place that asks for one. */
const waiter = (id: number, state: string, get = GET) => ({
  id,
  state,
  frames: [
    "sync.runtime_SemacquireMutex(0x0?, 0x0?, 0x0?) /usr/local/go/src/runtime/sema.go:95",
    "sync.(*Mutex).lockSlow(0xc0000a001c) /usr/local/go/src/sync/mutex.go:171",
    "sync.(*Mutex).Lock(...) /usr/local/go/src/sync/mutex.go:90",
    "sync.(*Once).doSlow(0xc0000a0018, 0xc000034fa8) /usr/local/go/src/sync/once.go:110",
    "sync.(*Once).Do(...) /usr/local/go/src/sync/once.go:101",
    get,
    "main.work() main.go:30",
  ],
  by: ["main.start main.go:20", 77] as const,
});

/** Runs the function of a Once. */
const runner = (state: string, once = "0x0?", get = GET) => ({
  id: 7,
  state,
  frames: [
    "shop/db.Connect(0x1) db.go:4",
    `sync.(*Once).doSlow(${once}, 0xc000034fa8) /usr/local/go/src/sync/once.go:116`,
    "sync.(*Once).Do(...) /usr/local/go/src/sync/once.go:101",
    get,
    "main.work() main.go:30",
  ],
});

const waiters = (state: string) => Array.from({ length: 12 }, (_, index) => waiter(20 + index, state));

const found = (...goroutines: readonly ReturnType<typeof runner>[]) =>
  analyse(wholeDumpText(MAIN, ...goroutines)).findings.map(({ rule, certainty }) => `${rule} ${certainty}`);

const WAITED = "sync.Mutex.Lock, 5 minutes";

const RUNS = "Goroutine 7 runs the function of a Once that it asked for where the others wait";

/** Whether a finding says that goroutine 7 runs the function of the others' Once. */
const isTakenForTheRunner = (...goroutines: readonly ReturnType<typeof runner>[]) =>
  analyse(wholeDumpText(MAIN, ...goroutines)).findings.some(({ evidence }) =>
    evidence.some((sentence) => english(sentence).startsWith(RUNS)),
  );

describe("many who wait for a Once", () => {
  test("of which nobody runs the function wait for a lock without a holder", () => {
    for (const state of [WAITED, "sync.Mutex.Lock"])
      expect(found(...waiters(state))).toEqual(["lock-without-holder strong"]);
  });

  test.each(["running", "runnable", "syscall", "IO wait", "sleep"])("are well while it is %s", (state) => {
    for (const waits of ["sync.Mutex.Lock", WAITED]) expect(found(runner(state), ...waiters(waits))).toEqual([]);
  });

  test("are well while it runs, from however many ways they have come there", () => {
    const ways = Array.from({ length: 300 }, (_, index) => {
      const one = waiter(20 + index, WAITED);
      return { ...one, frames: [...one.frames, `main.way${index}() main.go:${40 + index}`] };
    });
    expect(found(...ways, runner("IO wait"))).toEqual([]);
    expect(found(...ways)).toEqual(["lock-without-holder strong"]);
  });

  test("are behind one that is blocked in it, as far as names tell", () => {
    for (const state of ["chan receive", "select", "chan receive, 5 minutes"]) {
      const rules = found(runner(state), ...waiters(WAITED));
      expect(rules).toContain("lock-held-while-blocked suspect");
      expect(rules).not.toContainEqual(expect.stringMatching(/^lock-without-holder /));
      expect(isTakenForTheRunner(runner(state), ...waiters(WAITED))).toBe(true);
    }
  });

  test.each([
    ["another Once, as its address tells", "0xc0000bb018", GET],
    ["a Once that is asked for at another line", "0x0?", "shop/config.(*Cache).Get(0xc0000a0018?) cache.go:40"],
    ["a Once that another function asks for", "0x0?", "shop/other.(*Pool).Get(0xc0000dd018?) pool.go:25"],
  ])("are not behind one that runs the function of %s", (_, once, get) => {
    expect(isTakenForTheRunner(runner("chan receive", once, get), ...waiters(WAITED))).toBe(false);
  });

  test("are not taken for the one that runs it, and one that waits within it waits for itself", () => {
    const inner = waiter(7, "sync.Mutex.Lock");
    const outer = runner("running", "0xc0000a0018").frames.slice(1);
    expect(found({ ...inner, frames: [...inner.frames.slice(0, -1), ...outer] })).toContain("self-deadlock strong");
  });

  test("are not well while another one's function runs", () => {
    const other = runner("running", "0x0?", "shop/other.(*Pool).Get(0xc0000dd018?) pool.go:25");
    expect(found(other, ...waiters(WAITED))).toEqual([expect.stringMatching(/^lock-without-holder /)]);
  });
});
