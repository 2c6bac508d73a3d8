import { describe, expect, test } from "vitest";
import { analyse } from "../../support/analyse.ts";
import { wholeDumpText, type GoroutineText } from "../../support/goroutineText.ts";

const SERVING: GoroutineText = {
  id: 1,
  state: "IO wait",
  frames: [
    "net/http.(*Server).Serve(0xc000100000) /usr/local/go/src/net/http/server.go:3454",
    "main.main() main.go:84",
  ],
};

const goroutine = (id: number, state: string, frame: string, by: readonly [string, number]): GoroutineText => ({
  id,
  state,
  frames: [frame],
  by,
});

const leaks = (...goroutines: readonly GoroutineText[]) =>
  analyse(wholeDumpText(...goroutines))
    .findings.filter(({ rule }) => rule === "leak")
    .map(({ certainty, count }) => `${certainty} ${count}`);

const send = (id: number, creator: number) =>
  goroutine(id, "chan send", "shop/flow.work(0x3) flow.go:37", ["shop/flow.Gather flow.go:25", creator]);

const manySends = (count: number) => Array.from({ length: count }, (_, index) => send(20 + index, 1));

const leaksInOldText = (...goroutines: readonly GoroutineText[]) =>
  analyse(wholeDumpText(...goroutines).replaceAll(/ in goroutine \d+/g, ""))
    .findings.filter(({ rule }) => rule === "leak")
    .map(({ certainty, count }) => `${certainty} ${count}`);

const mainClosure = (state: string) => ({ id: 8, state, frames: ["main.main.func1() main.go:80"] });

const dumpTaker = (frames: readonly string[]): GoroutineText => ({
  id: 1,
  state: "running",
  frames: ["runtime/pprof.(*Profile).WriteTo(0x1) pprof.go:408", ...frames],
});

/** One of several that run the function with the `go` statement of {@link manySends}. */
const running = (id: number, state: string, ...waits: readonly string[]): GoroutineText => ({
  id,
  state,
  frames: [...waits, "shop/flow.Gather(0x3) flow.go:30"],
  by: [`shop.Start${id} flow.go:3`, 1],
});

const worker = (id: number, creator: number, state = "chan receive") =>
  goroutine(id, state, "shop/pool.(*Pool).work(0xc000300000) pool.go:30", ["shop/pool.(*Pool).run pool.go:9", creator]);

const workersOf = (creatorOf: (index: number) => number, step = 1) =>
  Array.from({ length: 12 }, (_, index) => worker(100 + index * step, creatorOf(index)));

const inBothOrders = (one: GoroutineText, other: GoroutineText) => [
  leaksInOldText(SERVING, one, other, ...manySends(12)),
  leaksInOldText(SERVING, other, one, ...manySends(12)),
];

/** Twelve of a kind that twelve calls have started: no program has so many of what it starts with the first work. */
function startedApart(one: GoroutineText): readonly GoroutineText[] {
  const [starter] = one.by ?? [""];
  return Array.from({ length: 12 }, (_, index) => ({ ...one, id: 100 + index, by: [starter, 61 + index] }));
}

const asking = (id: number, outer: string, by: readonly [string, number]): GoroutineText => ({
  id,
  state: "chan receive",
  frames: ["shop/slow.Double(0x1) slow.go:20", outer],
  by,
});

/** Waits within another package's call for what that one's worker does. */
const sendingTo = (id: number, own: string, asked: string): GoroutineText => ({
  id,
  state: "chan send",
  frames: [`shop/${asked}.Ask(0x1) ${asked}.go:9`, `shop/${own}.work() ${own}.go:4`],
  by: [`shop/${own}.init.0 ${own}.go:3`, 1],
});

/** Goroutines that each wait in a method of one value, started by several others. */
const awaiting = (by: string) =>
  Array.from({ length: 12 }, (_, index) =>
    goroutine(100 + index, "chan receive", "shop/pool.(*Ticket).await(0xc000300000) pool.go:40", [by, 61 + index]),
  );

/** A part of the program that waits for new settings. */
const part = (state: string) =>
  goroutine(20, state, "shop/conf.(*Store).After(0xc000300000) conf.go:30", ["main.main main.go:25", 1]);

/** A part of which the dump does not tell who has started it. */
const untold = (state: string): GoroutineText => ({
  id: 7,
  state,
  frames: ["shop/parts.(*Part).next(0xc000300000) parts.go:40"],
});

/** The end of a pipeline, in a package of its own, in a call of the poller. */
const pipelineEnd = (call: string): GoroutineText => ({
  id: 50,
  state: "IO wait",
  frames: [
    `internal/poll.(*FD).${call}(0xc000200000) /usr/local/go/src/internal/poll/fd_unix.go:372`,
    "shop/up.Start.func1() up.go:9",
  ],
  by: ["shop/up.Start up.go:8", 1],
});

describe("goroutines whose creator has ended", () => {
  test("leak when all of its goroutines are blocked", () => {
    expect(leaks(SERVING, send(20, 77), send(21, 77))).toEqual(["strong 2"]);
  });

  test("do not leak for sure while a sibling is alive", () => {
    const sibling = goroutine(22, "IO wait", "shop/flow.read(0x3) flow.go:50", ["shop/flow.Gather flow.go:25", 77]);
    expect(leaks(SERVING, send(20, 77), sibling)).toEqual([]);
  });

  test("do not leak for sure while one they started is alive", () => {
    const child = goroutine(22, "sleep", "shop/flow.tick(0x3) flow.go:50", ["shop/flow.work flow.go:36", 20]);
    expect(leaks(SERVING, send(20, 77), child)).toEqual([]);
  });

  test("do not leak for sure while somebody else runs methods of the same type", () => {
    const push = goroutine(20, "chan send", "shop/q.(*Queue).Push(0xc000300000) q.go:9", [
      "shop/api.handle api.go:5",
      77,
    ]);
    const pop = goroutine(21, "runnable", "shop/q.(*Queue).Pop(0xc000300000) q.go:19", ["shop/q.New q.go:3", 1]);
    expect(leaks(SERVING, push, pop)).toEqual([]);
    expect(leaks(SERVING, push)).toEqual(["strong 1"]);
  });

  test("do not leak for sure while somebody is at work in the package they wait in, when another has started them", () => {
    const submit = (starter: string) =>
      goroutine(20, "chan send", "shop/pool.Submit(0xc000300000) pool.go:9", [starter, 77]);
    const busy = goroutine(21, "sleep", "shop/pool.work(0xc000400000) pool.go:30", ["main.main main.go:5", 1]);
    expect(leaks(SERVING, submit("shop/api.Burst api.go:5"), busy)).toEqual([]);
    expect(leaks(SERVING, submit("shop/api.Burst api.go:5"))).toEqual(["strong 1"]);
    // Of its own package, the starter may have made what it waits for.
    const own = submit("shop/pool.Burst pool.go:5");
    expect(leaks(SERVING, ...startedApart(own), busy)).toEqual(["strong 12"]);
  });

  test("do not leak for sure while one they started is in a select, which may have a timer", () => {
    const waiting = goroutine(20, "sync.WaitGroup.Wait", "shop/tree.walk(0x3) tree.go:37", [
      "shop/tree.Walk tree.go:5",
      77,
    ]);
    const child = goroutine(21, "select", "shop/tree.visit(0x3) tree.go:50", ["shop/tree.walk tree.go:30", 20]);
    expect(leaks(SERVING, waiting, child)).toEqual([]);
    expect(leaks(SERVING, waiting)).toEqual(["strong 1"]);
  });

  test("do not leak for sure while the call around the literal that started them may go on", () => {
    const submit = goroutine(20, "chan send", "shop/burst.Run.func2.1() burst.go:9", [
      "shop/burst.Run.func2 burst.go:8",
      77,
    ]);
    const cruncher: GoroutineText = {
      id: 21,
      state: "sleep",
      frames: ["shop/burst.crunch(0x1) burst.go:40", "shop/burst.Run.func1() burst.go:4"],
      by: ["shop/burst.Run burst.go:3", 1],
    };
    expect(leaks(SERVING, submit, cruncher)).toEqual([]);
    const other = { ...cruncher, frames: ["shop/burst.crunch(0x1) burst.go:40"] };
    expect(leaks(SERVING, ...startedApart(submit), other)).toEqual(["strong 12"]);
  });

  describe("while somebody is at work in another package", () => {
    const clerk = goroutine(40, "sleep", "shop/slow.clerk() slow.go:9", ["shop/slow.init.0 slow.go:5", 1]);

    test("do not leak for sure when a relative waits for that one", () => {
      const find = goroutine(20, "chan send", "shop/fan.find(0x3) fan.go:30", ["shop/fan.Start fan.go:9", 77]);
      const gather = asking(21, "shop/fan.gather(0x3) fan.go:22", ["shop/fan.Start fan.go:8", 77]);
      expect(leaks(SERVING, find, gather, clerk)).toEqual([]);
      expect(leaks(SERVING, find, gather)).toEqual([]);
      expect(leaks(SERVING, ...startedApart(find), clerk)).toEqual(["strong 12"]);
    });

    test("do not leak for sure when that one helps others on whom a relative waits, whatever the order of the text", () => {
      const find = goroutine(20, "chan send", "shop/fan.find(0x3) fan.go:30", ["shop/fan.Start fan.go:9", 77]);
      const gather: GoroutineText = {
        id: 21,
        state: "chan send",
        frames: ["shop/third.Ask(0x1) third.go:9", "shop/fan.gather(0x3) fan.go:22"],
        by: ["shop/fan.Start fan.go:8", 77],
      };
      const third = sendingTo(22, "third", "fourth");
      const fourth = sendingTo(23, "fourth", "fifth");
      const fifth = sendingTo(24, "fifth", "slow");
      expect(leaks(SERVING, find, gather, third, fourth, fifth, clerk)).toEqual([]);
      expect(leaks(SERVING, clerk, fifth, fourth, third, gather, find)).toEqual([]);
    });

    test("do not leak for sure when a worker of their package waits for that one", () => {
      const serve = goroutine(20, "chan send", "shop/wire.(*Server).serve(0xc000300000) wire.go:38", [
        "shop/wire.(*Server).accept wire.go:30",
        77,
      ]);
      const handle = asking(21, "shop/wire.handle(0x3) wire.go:45", ["shop/wire.Start wire.go:8", 1]);
      expect(leaks(SERVING, serve, handle, clerk)).toEqual([]);
      expect(leaks(SERVING, serve, handle)).toEqual(["strong 1"]);
    });
  });

  test("do not leak because a server that shuts down accepts no more", () => {
    const handler = goroutine(20, "chan send", "shop/api.Upload(0xc000300000) api.go:9", [
      "net/http.(*Server).Serve /usr/local/go/src/net/http/server.go:3285",
      77,
    ]);
    expect(leaks(SERVING, handler)).toEqual([]);
    expect(leaks(SERVING, { ...handler, by: ["shop/api.Accept api.go:5", 77] })).toEqual(["strong 1"]);
  });
});

describe("goroutines that may have been started with the first work", () => {
  const kept: GoroutineText = {
    id: 60,
    state: "IO wait",
    frames: ["net/http.(*conn).serve(0xc000200000) /usr/local/go/src/net/http/server.go:1995"],
    by: ["net/http.(*Server).Serve /usr/local/go/src/net/http/server.go:3454", 1],
  };
  const run: GoroutineText = {
    id: 99,
    state: "sync.WaitGroup.Wait",
    frames: ["sync.(*WaitGroup).Wait(0xc000018090) wg.go:1", "shop/pool.(*Pool).run(0xc000300000) pool.go:20"],
    by: ["shop/pool.(*Pool).Do pool.go:15", 77],
  };

  test.each(["chan receive", "sync.Cond.Wait"])("may be idle in %s for a request that is over", (state) => {
    expect(leaks(SERVING, kept, worker(20, 60, state)).join()).not.toContain("strong");
  });

  test("leak when many requests have started one each, on one connection or on many", () => {
    const one = workersOf(() => 60, 2);
    expect(leaks(SERVING, kept, ...one)).toEqual(["strong 12"]);
    const connections = workersOf((index) => 61 + index).map(({ by }) => ({ ...kept, id: by![1] }));
    expect(leaks(SERVING, ...connections, ...workersOf((index) => 61 + index))).toEqual(["strong 12"]);
  });

  test("may be idle when one request has started them in a row", () => {
    expect(leaks(SERVING, kept, ...workersOf(() => 60))).toEqual(["suspect 12"]);
  });

  test("may wait to send until somebody at work receives, when they are few", () => {
    const sink = goroutine(50, "IO wait", "shop/sink.(*Sink).write(0xc000500000) sink.go:9", [
      "main.main main.go:9",
      1,
    ]);
    const senders = Array.from({ length: 12 }, (_, index) => send(100 + index, 61 + index));
    expect(leaks(SERVING, send(100, 77))).toEqual(["strong 1"]);
    expect(leaks(SERVING, sink, send(100, 77))).toEqual(["suspect 1"]);
    expect(leaks(SERVING, sink, ...senders)).toEqual(["strong 12"]);
  });

  test("are waited for by one that may be idle as well", () => {
    expect(leaks(SERVING, run, worker(100, 99), worker(101, 99))).toEqual(["suspect 1"]);
  });

  test("may wait in a method of a value that others have as well", () => {
    const over = Array.from({ length: 12 }, (_, index) => ({ ...kept, id: 61 + index }));
    expect(leaks(SERVING, ...over, ...awaiting("shop/pool.(*Office).Ask pool.go:9"))).toEqual(["suspect 12"]);
    expect(leaks(SERVING, ...over, ...awaiting("shop/pool.(*Ticket).Open pool.go:9"))).toEqual(["strong 12"]);
  });

  test("are waited for in vain when one of them waits to send", () => {
    expect(leaks(SERVING, run, worker(100, 99), worker(102, 99, "chan send"))).toEqual(["strong 1", "strong 1"]);
  });

  test("are waited for in vain when one of them waits for a lock", () => {
    const locked = worker(102, 99, "sync.Mutex.Lock");
    const frames = ["sync.(*Mutex).Lock(0xc000400008) mutex.go:46", "shop/cache.Put(0x1) cache.go:5", ...locked.frames];
    // The one that waits for the lock is a finding of another rule.
    expect(leaks(SERVING, run, worker(100, 99), { ...locked, frames })).toEqual(["strong 1"]);
  });
});

describe("goroutines whose creating function has returned", () => {
  test("leak in a send when their creator only serves by now", () => {
    expect(leaks(SERVING, ...manySends(12))).toEqual(["strong 12"]);
  });

  test("do not leak for sure while another of the same type waits in a select that may have a timer", () => {
    const push: GoroutineText = {
      ...goroutine(20, "chan send", "shop/q.(*Queue).Push(0xc000300000) q.go:9", ["shop/q.Open q.go:3", 1]),
      frames: ["shop/q.(*Queue).Push(0xc000300000) q.go:9", "shop/q.(*Queue).refill(0xc000300000) q.go:15"],
    };
    const loop = goroutine(21, "select", "shop/q.(*Queue).loop(0xc000300000) q.go:30", ["shop/q.Tend q.go:5", 1]);
    const stranger = goroutine(21, "select", "shop/q.(*Tender).loop(0xc000310000) q.go:50", ["shop/q.Tend q.go:5", 1]);
    expect(leaks(SERVING, push, loop)).toEqual([]);
    expect(leaks(SERVING, push, stranger)).toEqual(["strong 1"]);
  });

  test("may stand behind a slow writer in another package, with stages in between", () => {
    expect(leaks(SERVING, ...manySends(12), pipelineEnd("Write"))).toEqual(["suspect 12"]);
    expect(leaks(SERVING, ...manySends(12), pipelineEnd("Accept"))).toEqual(["strong 12"]);
  });

  test("may be generators when they are few", () => {
    expect(leaks(SERVING, send(20, 1), send(21, 1))).toEqual([]);
  });

  test.each(["chan receive", "select", "sync.Cond.Wait"])("may be workers that idle in %s", (state) => {
    const workers = Array.from({ length: 12 }, (_, index) =>
      goroutine(20 + index, state, "shop/pool.(*Pool).work(0xc000300000) pool.go:30", ["shop/pool.New pool.go:9", 1]),
    );
    expect(leaks(SERVING, ...workers)).toEqual([]);
  });

  test("do not leak for sure while their creator does something else", () => {
    const busy: GoroutineText = {
      id: 1,
      state: "sleep",
      frames: ["time.Sleep(0x1) time.go:9", "main.main() main.go:84"],
    };
    expect(leaks(busy, ...manySends(12))).toEqual([]);
  });
});

test("everybody, main too, blocked on each other is a leak of all", () => {
  const main: GoroutineText = {
    id: 1,
    state: "chan receive",
    frames: ["shop/flow.Gather(0x3) flow.go:28", "main.main() main.go:84"],
  };
  expect(leaks(main, send(20, 1), send(21, 1))).toEqual(["strong 2", "strong 1"]);
});

test("by number alone a place is a suspect", () => {
  const busy: GoroutineText = { id: 1, state: "runnable", frames: ["main.main() main.go:84"] };
  expect(leaks(busy, ...manySends(99))).toEqual([]);
  expect(leaks(busy, ...manySends(100))).toEqual(["suspect 100"]);
});

test("goroutines of libraries that idle everywhere are left out", () => {
  const many = Array.from({ length: 200 }, (_, index) =>
    goroutine(20 + index, "select, 90 minutes", "database/sql.(*DB).connectionOpener(0xc000300000) sql.go:9", [
      "database/sql.OpenDB sql.go:824",
      77,
    ]),
  );
  expect(leaks(SERVING, ...many)).toEqual([]);
});

describe("by names alone", () => {
  test("a function that is over accuses nobody for sure where the dump does not tell who started whom", () => {
    const busy: GoroutineText = {
      id: 5,
      state: "sleep",
      frames: ["time.Sleep(0x1) time.go:9", "shop/other.run() o.go:4"],
    };
    expect(leaksInOldText(SERVING, ...manySends(12))).toEqual(["strong 12"]);
    expect(leaksInOldText(SERVING, busy, ...manySends(12))).toEqual(["suspect 12"]);
  });

  test("of several that run the creator's function, the likeliest helper is theirs, in any order of the text", () => {
    const sends = running(50, "chan send");
    const receives = running(51, "chan receive");
    const waits = running(52, "semacquire", "sync.(*WaitGroup).Wait(0xc000018090) wg.go:1");
    expect(inBothOrders(sends, receives)).toEqual([[], []]);
    expect(inBothOrders(receives, waits)).toEqual([["strong 1"], ["strong 1"]]);
    expect(inBothOrders(sends, waits)).toEqual([
      ["strong 12", "strong 1", "strong 1"],
      ["strong 12", "strong 1", "strong 1"],
    ]);
  });

  test("a closure of main that sleeps may wake main", () => {
    const main: GoroutineText = {
      id: 1,
      state: "semacquire",
      frames: ["sync.(*WaitGroup).Wait(0xc000018090) wg.go:1", "main.main() main.go:84"],
    };
    expect(leaksInOldText(main, mainClosure("sleep"))).toEqual([]);
  });

  test("a ticker's loop may not be idle for ever, and is not named with main", () => {
    const main: GoroutineText = {
      id: 1,
      state: "chan send",
      frames: ["shop/flow.put(0x3) flow.go:28", "main.main() main.go:84"],
    };
    const loop = goroutine(20, "chan receive", "shop/flow.tick(0x3) flow.go:37", ["main.main main.go:25", 1]);
    expect(leaks(main, loop)).toEqual(["suspect 1"]);
    expect(leaks(main)).toEqual(["strong 1"]);
  });

  test("a ticker may wake main in a function that it calls, or workers that take turns at one", () => {
    const loop = ["shop/report.Run(0xc000040000) report.go:9", "main.main() main.go:84"];
    const main = { id: 1, state: "chan receive, 12 minutes", frames: loop };
    expect(leaks(main)).toEqual([]);
    const wait = "sync.(*WaitGroup).Wait(0xc000018090) wg.go:1";
    const crawling = { id: 1, state: "semacquire", frames: [wait, "main.main() main.go:84"] };
    const frames = ["shop/crawl.(*Limiter).Wait(...) limit.go:46", "main.fetch(0x3) main.go:23"];
    const by = ["main.main main.go:44", 1] as const;
    const crawlers = Array.from({ length: 12 }, (_, index) => ({ id: 20 + index, state: "chan receive", frames, by }));
    expect(leaks(crawling, ...crawlers)).toEqual(["suspect 12", "suspect 1"]);
    const [first, ...others] = crawlers;
    const asked = goroutine(50, "chan send", "main.answer(0x3) main.go:61", ["main.fetch main.go:22", 20]);
    expect(leaks(crawling, first!, asked)).toContain("strong 1");
    expect(leaks(crawling, ...others.map((one) => ({ ...one, state: "chan send" })))).toEqual([
      "strong 11",
      "strong 1",
    ]);
  });

  test("main may wait for workers that idle on a Cond until a signal or a timer brings something", () => {
    const wait = "sync.(*WaitGroup).Wait(0xc000018090) wg.go:1";
    const main = { id: 1, state: "semacquire", frames: [wait, "main.main() main.go:84"] };
    expect(leaks(main, part("sync.Cond.Wait"))).not.toContain("strong 1");
    expect(leaks(main, part("chan send"))).toContain("strong 1");
  });

  test("main may wait for any that idle on a Cond where the dump does not tell who started them", () => {
    const main: GoroutineText = {
      id: 1,
      state: "semacquire",
      frames: ["sync.(*WaitGroup).Wait(0x1) wg.go:1", "main.main() main.go:84"],
    };
    expect(leaksInOldText(main, untold("sync.Cond.Wait"))).toEqual(["suspect 1"]);
    expect(leaksInOldText(main, untold("chan send"))).toEqual(["strong 1"]);
  });

  test("a sender alone in its package is lost where nobody runs, but not one that a server has started for a request", () => {
    const frames = ["shop/queue.Put(0x3) queue.go:37", "shop/api.Handle(0x3) api.go:9"];
    const startedBy = (by: string, creator: number) =>
      Array.from({ length: 3 }, (_, index) => ({
        id: 20 + index,
        state: "chan send",
        frames,
        by: [by, creator] as const,
      }));
    const parent = { id: 7, state: "IO wait", frames: ["net/http.(*conn).serve(0x1) server.go:9"] };
    expect(leaks(SERVING, parent, ...startedBy("net/http.(*http2serverConn).scheduleHandler h2.go:5", 7))).toEqual([]);
    expect(leaks(SERVING, parent, ...startedBy("shop/start.Begin start.go:5", 1))).toEqual(["strong 3"]);
  });

  test("the goroutine that takes the dump may wake those that it started, while it is in that function", () => {
    const child = goroutine(20, "chan send", "main.work(0x3) flow.go:37", ["main.main main.go:25", 1]);
    expect(
      leaks(
        dumpTaker(["main.main() main.go:84"]),
        ...Array.from({ length: 12 }, (_, index) => ({ ...child, id: 20 + index })),
      ),
    ).toEqual([]);
    expect(leaks(dumpTaker(["main.main() main.go:84"]), ...manySends(12))).toEqual(["strong 12"]);
  });
});
