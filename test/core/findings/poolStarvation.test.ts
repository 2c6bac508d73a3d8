import { describe, expect, test } from "vitest";
import { analyse } from "../../support/analyse.ts";
import { type GoroutineText, wholeDumpText } from "../../support/goroutineText.ts";

const MAIN: GoroutineText = {
  id: 1,
  state: "IO wait",
  frames: [
    "net/http.(*Server).Serve(0xc000100000) /usr/local/go/src/net/http/server.go:3454",
    "main.main() main.go:84",
  ],
};

const worker = (id: number, state: string, ...inner: readonly string[]) => ({
  id,
  state,
  frames: [...inner, "shop/pool.(*Pool).work(0xc000300000) pool.go:23"],
  by: ["shop/pool.New pool.go:16", 1] as const,
});

const TASK = ["shop/pool.(*Pool).Do(0xc000300000) pool.go:34", "shop/report.render(0xc000400000) report.go:52"];

const mainWorker = (id: number) => ({
  id,
  state: "chan send",
  frames: [
    "main.(*Pool).Submit(0xc000300000) main.go:34",
    "main.crawl(0xc000400000) main.go:52",
    "main.(*Pool).work(0xc000300000) main.go:23",
  ],
  by: ["main.NewPool main.go:16", 1] as const,
});

const limitHolder = (id: number) => ({
  id,
  state: "chan send",
  frames: [
    "shop/limit.(*Limit).Do(0xc000300000) limit.go:9",
    "shop/tree.walk.func1() tree.go:20",
    "shop/limit.(*Limit).Do(0xc000300000) limit.go:11",
    "shop/tree.walk(0xc000400000) tree.go:19",
  ],
  by: ["shop/tree.Walk tree.go:7", 1] as const,
});

const groupTask = (id: number) => ({
  id,
  state: "chan send",
  frames: [
    "golang.org/x/sync/errgroup.(*Group).Go(0xc000300000) /go/pkg/mod/golang.org/x/sync@v0.7.0/errgroup/errgroup.go:70",
    "shop/tree.visit(0xc000300000) tree.go:20",
    "golang.org/x/sync/errgroup.(*Group).Go.func1() /go/pkg/mod/golang.org/x/sync@v0.7.0/errgroup/errgroup.go:78",
  ],
  by: [
    "golang.org/x/sync/errgroup.(*Group).Go /go/pkg/mod/golang.org/x/sync@v0.7.0/errgroup/errgroup.go:75",
    1,
  ] as const,
});

const rules = (...goroutines: readonly GoroutineText[]) =>
  analyse(wholeDumpText(MAIN, ...goroutines))
    .findings.filter(({ rule }) => rule === "pool-starvation")
    .map(({ certainty, count }) => `${certainty} ${count}`);

test("a pool all of whose workers wait for the pool is starved", () => {
  expect(rules(worker(7, "chan receive", ...TASK), worker(8, "chan send", ...TASK))).toEqual(["strong 2"]);
});

test("one free worker is enough to say nothing", () => {
  expect(rules(worker(7, "chan receive", ...TASK), worker(8, "chan send", ...TASK), worker(9, "chan receive"))).toEqual(
    [],
  );
});

test("a single goroutine, or one that may leave its select, is no pool", () => {
  expect(rules(worker(7, "chan receive", ...TASK))).toEqual([]);
  expect(rules(worker(7, "select", ...TASK), worker(8, "select", ...TASK))).toEqual([]);
});

const listener = (id: number): GoroutineText => ({
  id,
  state: "chan receive",
  frames: [
    "shop/cache.(*Listener).run.func1() listener.go:73",
    "shop/wait.Until(0xc000400000) wait.go:26",
    "shop/cache.(*Listener).run(0xc000300000) listener.go:72",
  ],
  by: ["shop/cache.Start start.go:16", 1],
});

test("a method that hands its own code to a library, which calls it, is no pool", () => {
  expect(rules(listener(7), listener(8))).toEqual([]);
});

test("a task of one pool that waits for another pool is not starved by its own", () => {
  const other = TASK.map((frame) => frame.replace("(0xc000300000)", "(0xc000500000)"));
  expect(rules(worker(7, "chan send", ...other), worker(8, "chan send", ...other))).toEqual([]);
});

/** A worker whose receivers are not printed, as of inlined calls. */
const unnamed = (id: number, ...handed: readonly string[]): GoroutineText => {
  const { frames, ...rest } = worker(id, "chan send", ...TASK, ...handed);
  return { ...rest, frames: frames.map((frame) => frame.replace(/\(0x\w+\)/, "(...)")) };
};

test("where the receivers are not printed, it is a pool for sure when the worker runs what the pool's method hands in", () => {
  const handed = "shop/pool.(*Pool).Do.func1() pool.go:32";
  expect(rules(unnamed(7, handed), unnamed(8, handed))).toEqual(["strong 2"]);
  expect(rules(unnamed(7), unnamed(8))).toEqual(["suspect 2"]);
});

describe("a pool is starved", () => {
  test("also when pool and task share a package, and in package main", () => {
    expect(rules(mainWorker(7), mainWorker(8))).toEqual(["strong 2"]);
  });

  test("when a limit's holders all ask for another place", () => {
    expect(rules(limitHolder(7), limitHolder(8))).toEqual(["strong 2"]);
    const waiting = {
      ...limitHolder(9),
      frames: limitHolder(9)
        .frames.slice(2)
        .map((frame) => frame.replace(":11", ":9")),
    };
    expect(rules(limitHolder(7), limitHolder(8), waiting)).toEqual(["strong 3"]);
    const running = {
      ...limitHolder(9),
      state: "runnable",
      frames: ["shop/tree.read() tree.go:30", ...limitHolder(9).frames.slice(1)],
    };
    expect(rules(limitHolder(7), limitHolder(8), running)).toEqual([]);
  });

  test("when errgroup.Go waits within errgroup.Go", () => {
    expect(rules(groupTask(7), groupTask(8))).toEqual(["strong 2"]);
    expect(
      rules(groupTask(7), groupTask(8), { ...groupTask(9), state: "IO wait", frames: groupTask(9).frames.slice(1) }),
    ).toEqual([]);
  });

  test("for sure only where nobody alive in its code may take a result", () => {
    const reader = {
      id: 9,
      state: "IO wait",
      frames: ["shop/report.save(0xc000400000) save.go:9"],
      by: ["main.main main.go:3", 1] as const,
    };
    expect(rules(worker(7, "chan send", ...TASK), worker(8, "chan send", ...TASK), reader)).toEqual(["suspect 2"]);
  });
});
