import { describe, expect, test } from "vitest";
import { english } from "../../../server/src/core/text/say.ts";
import { analyse } from "../../support/analyse.ts";
import { dumpText, type GoroutineText, mutexLock, wholeDumpText } from "../../support/goroutineText.ts";

/** Main serves: the dump is whole, and main is alive, but in nobody's code. */
const MAIN: GoroutineText = {
  id: 1,
  state: "IO wait",
  frames: [
    "net/http.(*Server).Serve(0xc000100000) /usr/local/go/src/net/http/server.go:3454",
    "main.main() main.go:84",
  ],
};

const by = (place: string, creator = 1) => [place, creator] as const;

const classes = (...goroutines: readonly GoroutineText[]) =>
  analyse(wholeDumpText(MAIN, ...goroutines)).findings.map(
    ({ certainty, evidenceClass, count }) => `${certainty} ${evidenceClass} ${count}`,
  );

const GROUP = "0xc000036740";
const waitGroup = (frame: string, id = 7): GoroutineText => ({
  id,
  state: "sync.WaitGroup.Wait",
  frames: [`sync.(*WaitGroup).Wait(${GROUP}) /usr/local/go/src/sync/waitgroup.go:116`, frame],
  by: by("shop/wire.Start wire.go:3"),
});

const onCond = (id: number, method: string, cond = "0xc000300040"): GoroutineText => ({
  id,
  state: "sync.Cond.Wait",
  frames: [
    `sync.(*Cond).Wait(${cond}) /usr/local/go/src/sync/cond.go:71`,
    `shop/q.(*Queue).${method}(0xc000300000) q.go:${id}`,
    `main.${method.toLowerCase()}er(0xc000300000) main.go:9`,
  ],
  by: by("main.start main.go:3", 77),
});

const acquiring = (id: number): GoroutineText => ({
  id,
  state: "select",
  frames: [
    "golang.org/x/sync/semaphore.(*Weighted).Acquire(0xc000300000) /go/pkg/mod/golang.org/x/sync@v0.7.0/semaphore/semaphore.go:74",
    "shop/fetch.Get(0xc000400000) fetch.go:20",
  ],
  by: by("net/http.(*Server).Serve server.go:3", 1),
});

const holding = (frame: string, state = "select"): GoroutineText => ({ id: 20, state, frames: [frame] });

const uploading = (starter: string): GoroutineText => ({
  ...holding("shop/transfer.Upload(0xc000500000) transfer.go:9", "IO wait"),
  by: by(starter, 30),
});

const bodyLoop = (id: number): GoroutineText => ({
  id,
  state: "select",
  frames: ["net/http.(*persistConn).readLoop(0xc000300000) /usr/local/go/src/net/http/transport.go:2238"],
  by: by("net/http.(*Transport).dialConn /usr/local/go/src/net/http/transport.go:1776", 77),
});

const userOf = (id: number, frame: string): GoroutineText => ({
  id,
  state: "select",
  frames: [frame, "shop/app.work() app.go:3"],
});

const member = (id: number, state: string, frames: readonly string[]): GoroutineText => ({
  id,
  state,
  frames,
  by: by("shop/desk.Open desk.go:3", 5),
});

const kindsOf = (...goroutines: readonly GoroutineText[]) => classes(...goroutines).join();

const lockWaiter = (id: number, place = "shop/stock.(*Index).Get(0xc000118000) stock.go:44"): GoroutineText => ({
  id,
  state: "sync.Mutex.Lock",
  frames: [...mutexLock("0xc000118008"), place],
  by: by("net/http.(*Server).Serve /usr/local/go/src/net/http/server.go:3285"),
});

const pastLock = (state: string, frames: readonly string[]): GoroutineText => ({
  id: 9,
  state,
  frames: [...frames, "shop/stock.(*Index).Put(0xc000118000) stock.go:46"],
});

const waitingLong = (frames: readonly string[], id = 1): GoroutineText => ({
  id,
  state: "sync.WaitGroup.Wait, 40 minutes",
  frames: [`sync.(*WaitGroup).Wait(${GROUP}) /usr/local/go/src/sync/waitgroup.go:116`, ...frames],
});

/** A row of a profile as text. */
const profileRow = (count: number, ...calls: readonly string[]) =>
  [`${count} @ 0x43e0c6 0x44e0f0`, ...calls.map((call) => `#\t0x7f1bfb\t${call}`), ""].join("\n");

/** A goroutine that runs a test. */
const runs = (id: number, state: string, frames: readonly string[], creator = 1): GoroutineText => ({
  id,
  state,
  frames: [...frames, "testing.tRunner(0xc000083520, 0x1) /usr/local/go/src/testing/testing.go:1689"],
  by: by("testing.(*T).Run /usr/local/go/src/testing/testing.go:1742", creator),
});

const strongClasses = (...goroutines: readonly GoroutineText[]) =>
  classes(...goroutines).filter((said) => said.startsWith("strong"));

const behindBook = (id: number, line: number, waits: GoroutineText): GoroutineText => ({
  ...waits,
  id,
  frames: [...waits.frames, `shop/sale.Book(0xc000600000) sale.go:${line}`],
});

const freezer = (starter: string): GoroutineText => ({
  id: 9,
  state: "chan receive",
  frames: ["shop/stock.(*Index).Freeze(0xc000118000) stock.go:80"],
  by: by(starter),
});

describe("a circle through a WaitGroup", () => {
  const owner: GoroutineText = {
    id: 8,
    state: "chan receive",
    frames: ["shop/wire.(*Conn).shut(0xc0000fc410) wire.go:90", `shop/sync.notify(${GROUP}) sync.go:9`],
    by: by("shop/sync.Notify sync.go:3"),
  };
  const waiter = waitGroup("shop/wire.(*Conn).bodyLoop(0xc0000fc410) wire.go:40");

  test("is one when the waiter runs the value that those who owe it wait for", () => {
    expect(classes(waiter, owner)).toEqual(["strong deadlock-cycle/wait-group/channel 2"]);
  });

  test("is none for sure while somebody is alive in that code", () => {
    const alive: GoroutineText = {
      id: 9,
      state: "IO wait",
      frames: ["shop/wire.(*Conn).read(0xc0000fc410) wire.go:99"],
    };
    expect(classes(waiter, owner, alive)).toEqual(["suspect deadlock-cycle/wait-group/channel 2"]);
  });

  test("is none when who owes it runs, or waits for another value", () => {
    expect(classes(waiter, { ...owner, state: "runnable" })).toEqual([]);
    const other = { ...owner, frames: ["shop/wire.(*Conn).shut(0xc000aaa410) wire.go:90", owner.frames[1]!] };
    expect(classes(waiter, other).join()).not.toContain("deadlock-cycle");
  });

  test("is none for sure in an excerpt", () => {
    const { findings } = analyse(dumpText(waiter, owner));
    expect(findings[0]?.certainty).toBe("suspect");
  });
});

describe("one Cond", () => {
  test("for which both sides wait is a lost signal", () => {
    expect(classes(onCond(7, "Put"), onCond(8, "Get"))).toEqual(["strong leak/both-sides/condition 2"]);
  });

  test("says nothing of that kind for two values, or with one at work, or where one waits for the end", () => {
    expect(kindsOf(onCond(7, "Put"), onCond(8, "Get", "0xc000400040"))).not.toContain("both-sides");
    const works: GoroutineText = { id: 9, state: "runnable", frames: ["shop/q.(*Queue).Get(0xc000300000) q.go:9"] };
    expect(kindsOf(onCond(7, "Put"), onCond(8, "Get"), works)).not.toContain("both-sides");
    expect(kindsOf(onCond(7, "Drain"), onCond(8, "Get"))).not.toContain("both-sides");
  });
});

describe("a stock of which all has been lost", () => {
  test("is named when nobody stands beyond an acquire, though the service has other goroutines", () => {
    const other = holding("shop/metrics.(*Ticker).bodyLoop(0xc000500000) ticker.go:9");
    expect(classes(acquiring(7), acquiring(8), other)).toEqual(["strong leak/stock-lost/select 2"]);
  });

  test("is not while somebody is in a function that acquires, at another line", () => {
    expect(classes(acquiring(7), acquiring(8), holding("shop/fetch.Get(0xc000400000) fetch.go:31"))).toEqual([]);
  });

  test("is not while somebody is at work whom a function that acquires has started, in other code", () => {
    expect(classes(acquiring(7), uploading("shop/fetch.Get fetch.go:25"))).toEqual([]);
    expect(classes(acquiring(7), uploading("shop/cart.Fill cart.go:25"))).toEqual(["strong leak/stock-lost/select 1"]);
  });

  test("is a suspect while somebody is alive in that package", () => {
    const alive = holding("shop/fetch.read(0xc000400000) read.go:9", "IO wait");
    expect(classes(acquiring(7), alive)).toEqual(["suspect leak/stock-lost/select 1"]);
  });

  test("is a suspect while somebody is amid work in other code, where a part may have been taken before", () => {
    const calling: GoroutineText = {
      id: 20,
      state: "select",
      frames: [
        "net/http.(*persistConn).roundTrip(0xc000175540) /usr/local/go/src/net/http/transport.go:2675",
        "net/http.(*Transport).roundTrip(0xc0000b7c80) /usr/local/go/src/net/http/transport.go:608",
        "shop/geo.Lookup(0xc000600000) geo.go:31",
        "shop/report.export(0xc000500000) report.go:9",
      ],
    };
    const sleeping: GoroutineText = {
      id: 21,
      state: "sleep",
      frames: [
        "time.Sleep(0x3b9aca00) /usr/local/go/src/runtime/time.go:195",
        "shop/report.retry() report.go:40",
        "shop/report.export(0xc000500000) report.go:9",
      ],
    };
    for (const holder of [calling, sleeping, holding("shop/report.sum(0xc000500000) report.go:30", "runnable")]) {
      expect(classes(acquiring(7), holder)).toEqual(["suspect leak/stock-lost/select 1"]);
    }
  });

  test("is one finding for all that wait at one line, however they came there", () => {
    const other = { ...acquiring(9), frames: [...acquiring(9).frames, "shop/cart.Fill(0xc000500000) cart.go:7"] };
    expect(classes(acquiring(7), other, acquiring(8))).toEqual(["strong leak/stock-lost/select 3"]);
  });

  test("is a suspect in a profile as text, which does not print the channel", () => {
    const { findings } = analyse(
      [
        "goroutine profile: total 41",
        profileRow(
          40,
          "github.com/gomodule/redigo/redis.(*Pool).get+0x8ab\t/src/redis/pool.go:278",
          "github.com/gomodule/redigo/redis.(*Pool).Get+0x36\t/src/redis/pool.go:179",
          "shop/cart.Load+0x41\t/src/cart.go:49",
        ),
        profileRow(1, "main.main+0x1d\t/src/main.go:9", "runtime.main+0x1d\t/usr/local/go/src/runtime/proc.go:250"),
      ].join("\n"),
    );
    expect(findings.map(({ certainty, message }) => `${certainty} ${english(message)}`)).toEqual([
      "suspect redis.(*Pool).get at pool.go:278: 40 goroutines wait for a connection of a pool, and nobody can be seen who has one to give back. Close what was taken on every way out (defer conn.Close(), or Release).",
    ]);
  });
});

describe("goroutines that may be leaking", () => {
  test("are those that wait long for a WaitGroup, but not main, which waits as long as the program lives", () => {
    const serving: GoroutineText = { id: 20, state: "IO wait", frames: ["shop/feed.read() feed.go:9"] };
    const main = waitingLong(["main.main() main.go:9"]);
    expect(analyse(wholeDumpText(main, serving)).findings).toEqual([]);
    expect(
      classes({ ...waitingLong(["shop/feed.join() feed.go:31"], 7), by: by("main.main main.go:8") }, serving),
    ).toEqual(["suspect leak/long/wait-group 1"]);
  });

  test("only stand there, as far as a profile tells that prints no waits", () => {
    const { findings } = analyse(
      ["goroutine profile: total 120", profileRow(120, "shop/feed.(*Client).writer+0x103\t/src/feed.go:777")].join(
        "\n",
      ),
    );
    expect(findings.map(({ certainty, message }) => `${certainty} ${english(message)}`)).toEqual([
      "suspect 120 goroutines stand in feed.(*Client).writer at feed.go:777. The profile does not say whether they are blocked there; if they are, they may be leaking: look who should wake or end them. A dump with debug=2 tells what they wait for.",
    ]);
  });

  test("are none whose stack is not printed", () => {
    const text = ["goroutine profile: total 121", "120 @ ", "", profileRow(1, "main.main+0x1d\t/src/main.go:9")];
    expect(analyse(text.join("\n")).findings).toEqual([]);
  });
});

describe("a test that waits for its subtest", () => {
  const suite = runs(6, "chan receive", [
    "testing.(*T).Run(0xc000083520) /usr/local/go/src/testing/testing.go:1750",
    "shop/suite.Run(0xc000083520) suite.go:30",
    "shop/cart.TestAll(0xc000083520) cart_test.go:9",
  ]);
  const stuck = runs(
    7,
    "sync.Mutex.Lock",
    [...mutexLock("0xc0000d2008"), "shop/cart.(*Cart).Add(0xc0000d2000) cart.go:20"],
    6,
  );

  test("is not what leaks: the subtest is", () => {
    const { findings } = analyse(wholeDumpText(MAIN, suite, stuck));
    const at = findings.map(({ title }) => english(title));
    expect(at.join()).toContain("cart.go:20");
    expect(at.join()).not.toContain("suite.go:30");
  });
});

describe("response bodies", () => {
  const loops = Array.from({ length: 12 }, (_, index) => bodyLoop(100 + index));

  test("are dropped when no client's call and no reader stands against them, however many others there are", () => {
    const others = Array.from({ length: 40 }, (_, index) =>
      userOf(300 + index, "shop/app.(*Loop).wait(0xc000300000) app.go:9"),
    );
    expect(classes(...loops, ...others)).toEqual(["strong leak/body/select 12"]);
  });

  test("may be read in turns by one who is amid a call of something else", () => {
    const merging = { ...userOf(300, "shop/merge.throttle() merge.go:9"), state: "sleep" };
    expect(classes(...loops, merging)).toEqual(["suspect leak/body/select 12"]);
  });

  test("may be those of a busy client", () => {
    const copiers = Array.from({ length: 8 }, (_, index) =>
      userOf(300 + index, "io.copyBuffer(0xc000300000) /usr/local/go/src/io/io.go:429"),
    );
    expect(classes(...loops, ...copiers)).toEqual([]);
  });
});

describe("a closed family with a lock wait", () => {
  const opener: GoroutineText = {
    id: 5,
    state: "chan receive",
    frames: ["shop/desk.Open(0x1) desk.go:9", "main.run() main.go:9"],
    by: by("main.main main.go:3", 77),
  };
  const locked = member(7, "sync.Mutex.Lock", [
    ...mutexLock("0xc000118008"),
    "shop/desk.seat(0xc000118000) desk.go:30",
  ]);

  test("is lost, all of it", () => {
    expect(classes(opener, locked).filter((said) => said.startsWith("strong"))).not.toEqual([]);
  });

  test("is not while one of it receives within a call, and has started nobody: a timer may send", () => {
    const asking = (starter: number): GoroutineText => ({
      ...member(8, "chan receive", ["shop/desk.ask(0x1) desk.go:60", "shop/desk.serve(0xc000118000) desk.go:50"]),
      by: by("shop/desk.Open desk.go:8", starter),
    });
    expect(strongClasses(opener, locked, asking(5))).toEqual([]);
    expect(strongClasses(opener, { ...locked, by: by("shop/desk.serve desk.go:49", 8) }, asking(5))).not.toEqual([]);
  });

  test("is not known to be all of it where nobody is known to have started one", () => {
    const stray: GoroutineText = { id: 8, state: "sync.Mutex.Lock", frames: locked.frames };
    expect(strongClasses(opener, locked)).not.toEqual([]);
    expect(strongClasses(stray)).toEqual([]);
  });

  test("is not while one of it is alive", () => {
    const alive = member(8, "IO wait", ["shop/desk.read(0xc000118000) desk.go:50"]);
    expect(classes(opener, locked, alive).filter((said) => said.startsWith("strong"))).toEqual([]);
  });
});

describe("a lock that nobody can hold", () => {
  test("is named without a minute on the clock when two wait and nobody else is in the package", () => {
    expect(classes(lockWaiter(7), lockWaiter(8))).toEqual(["strong lock-without-holder/nobody/address 2"]);
  });

  test("is not when one waits, one runs, or the function locks for its caller", () => {
    expect(classes(lockWaiter(7))).toEqual([]);
    expect(classes(lockWaiter(7), lockWaiter(8), { ...lockWaiter(9), state: "runnable" })).toEqual([]);
    const elsewhere: GoroutineText = { id: 9, state: "IO wait", frames: ["shop/stock.read() read.go:9"] };
    expect(classes(lockWaiter(7), lockWaiter(8), elsewhere)).toEqual([]);
    const keyed = "shop/stock.(*Index).LockKey(0xc000118000) stock.go:44";
    expect(classes(lockWaiter(7, keyed), lockWaiter(8, keyed))).toEqual([
      "suspect lock-without-holder/nobody/address 2",
    ]);
  });

  test("is suspected when a call of other code is under way, which may hold a lock that the value lends", () => {
    const serve = "net/http.(*conn).serve(0xc000175540) /usr/local/go/src/net/http/server.go:2009";
    const client = "net/http.(*persistConn).roundTrip(0xc000175540) /usr/local/go/src/net/http/transport.go:2675";
    const handler = (state: string, ...waits: readonly string[]): GoroutineText => ({
      id: 9,
      state,
      frames: [...waits, "shop/api.(*Handler).Refresh(0xc000600000) api.go:52", serve],
    });
    const suspect = ["suspect lock-without-holder/nobody/address 2"];
    expect(classes(lockWaiter(7), lockWaiter(8), handler("select", client))).toEqual(suspect);
    expect(classes(lockWaiter(7), lockWaiter(8), handler("sleep"))).toEqual(suspect);
    const loop: GoroutineText = { id: 9, state: "sleep", frames: ["shop/api.(*Handler).poll(0xc000600000) api.go:70"] };
    const strong = ["strong lock-without-holder/nobody/address 2"];
    expect(classes(lockWaiter(7), lockWaiter(8), loop)).toEqual(strong);
    expect(classes(lockWaiter(7), lockWaiter(8), handler("select"))).toEqual(strong);
  });

  test("is suspected when one stands behind the call that led there, which may have taken the lock for it", () => {
    const waiting = [behindBook(7, 10, lockWaiter(7)), behindBook(8, 10, lockWaiter(8))];
    const past = (id: number, line: number) =>
      behindBook(id, line, { id, state: "chan receive", frames: ["shop/sale.ask(0x1) sale.go:40"] });
    const strong = ["strong lock-without-holder/nobody/address 2"];
    expect(classes(...waiting, past(9, 12))).toEqual(["suspect lock-without-holder/nobody/address 2"]);
    expect(classes(...waiting, past(9, 8))).toEqual(strong);
    // Only one could have it.
    expect(classes(...waiting, past(9, 12), past(10, 12))).toEqual(strong);
  });

  test("is suspected when a method of the value receives that other code has started, which may have the lock", () => {
    const waiting = [7, 8].map((id) => ({ ...lockWaiter(id), state: "sync.Mutex.Lock, 2 minutes" }));
    expect(classes(...waiting, freezer("main.main main.go:3"))).toEqual([
      "suspect lock-without-holder/waited/address 2",
    ]);
    expect(classes(...waiting, freezer("shop/stock.New stock.go:3"))).toEqual([
      "strong lock-without-holder/waited/address 2",
    ]);
  });
});

const heldLocks = (text: string) =>
  analyse(text).findings.flatMap(({ rule, certainty }) => (rule === "lock-held-while-blocked" ? certainty : []));

describe("a holder past the lock", () => {
  const waiter: GoroutineText = {
    id: 7,
    state: "sync.Mutex.Lock",
    frames: [...mutexLock("0xc000118008"), "shop/stock.(*Index).Put(0xc000118000) stock.go:44"],
  };

  test("is named in a send when all others of the code wait for it, without a minute on the clock", () => {
    expect(classes(waiter, pastLock("chan send", []))).toEqual(["strong lock-held-while-blocked/past-the-lock/send 2"]);
  });

  test("is named when it waits for another lock whose holder is not seen", () => {
    const other = pastLock("sync.Mutex.Lock", [
      ...mutexLock("0xc000aaa008"),
      "shop/stock.(*Log).Add(0xc000aaa000) log.go:9",
    ]);
    const held = analyse(wholeDumpText(MAIN, waiter, other)).findings.find(
      ({ rule }) => rule === "lock-held-while-blocked",
    );
    expect(held?.certainty).toBe("strong");
    expect(english(held!.message)).toContain("goroutine 9 holds the Mutex 0xc000118008");
  });

  test("may be relieved while somebody is in the package to receive", () => {
    const receiver: GoroutineText = { id: 10, state: "select", frames: ["shop/stock.drain(0xc000555000) drain.go:9"] };
    expect(classes(waiter, pastLock("chan send", []), receiver)).toEqual([
      "suspect lock-held-while-blocked/past-the-lock/send 2",
    ]);
  });

  test("is a suspect while somebody else moves in the code that the lock guards: it may have unlocked", () => {
    const moving: GoroutineText = {
      id: 10,
      state: "sleep",
      frames: [
        "time.Sleep(0x1) /usr/local/go/src/runtime/time.go:9",
        "shop/stock.(*Index).Each(0xc000118000?) stock.go:90",
      ],
    };
    const old = { ...waiter, state: "sync.Mutex.Lock, 3 minutes" };
    const held = "lock-held-while-blocked/past-the-lock/receive 2";
    expect(classes(old, pastLock("chan receive, 3 minutes", []))).toEqual([`strong ${held}`]);
    expect(classes(old, pastLock("chan receive, 3 minutes", []), moving)).toEqual([`suspect ${held}`]);
  });

  test("is a suspect in an excerpt, where somebody who is not shown may wake it", () => {
    const receiving = { ...pastLock("chan receive", []), by: by("shop/stock.Open stock.go:3", 77) };
    const started = { ...waiter, by: by("shop/stock.Open stock.go:3", 77) };
    expect(heldLocks(wholeDumpText(MAIN, started, receiving))).toEqual(["strong"]);
    expect(heldLocks(dumpText(started, receiving))).toEqual(["suspect"]);
  });

  test("is a suspect while it waits for an answer of one that is in a call to somebody at work", () => {
    const held = "lock-held-while-blocked/past-the-lock/receive 2";
    const asking = pastLock("chan receive, 3 minutes", []);
    const answering: GoroutineText = {
      id: 10,
      state: "chan receive",
      frames: ["shop/slow.Double(0x1) slow.go:20", "shop/stock.(*Index).answer(0xc000118000?) stock.go:70"],
      by: by("shop/stock.New stock.go:3"),
    };
    const clerk: GoroutineText = { id: 11, state: "sleep", frames: ["shop/slow.clerk() slow.go:9"] };
    const old = { ...waiter, state: "sync.Mutex.Lock, 3 minutes" };
    expect(classes(old, asking, answering, clerk)).toContain(`suspect ${held}`);
    expect(classes(old, asking, answering)).toContain(`strong ${held}`);
  });

  test("is a suspect while it sleeps, however long others wait: time wakes it", () => {
    const old = { ...waiter, state: "sync.Mutex.Lock, 3 minutes" };
    const asleep = pastLock("sleep, 3 minutes", ["time.Sleep(0x1) /usr/local/go/src/runtime/time.go:9"]);
    expect(classes(old, asleep)).toEqual(["suspect lock-held-while-blocked/past-the-lock/other 2"]);
    expect(classes(waiter, { ...asleep, state: "sleep" })).toEqual([]);
  });
});

describe("who serves a request", () => {
  const handler: GoroutineText = {
    id: 30,
    state: "chan receive",
    frames: ["shop/api.(*Handler).ServeHTTP(0xc000300000) api.go:30"],
    by: by("net/http.(*http2serverConn).processHeaders /usr/local/go/src/net/http/h2_bundle.go:6189", 20),
  };
  const connection: GoroutineText = {
    id: 20,
    state: "select",
    frames: [
      "net/http.(*http2serverConn).serve(0xc000300000) /usr/local/go/src/net/http/h2_bundle.go:4500",
      "net/http.(*conn).serve(0xc000310000) /usr/local/go/src/net/http/server.go:1900",
    ],
    by: by("net/http.(*Server).Serve /usr/local/go/src/net/http/server.go:3285"),
  };

  test("over HTTP/2 is not lost: its connection is never between requests", () => {
    expect(classes(connection, handler)).toEqual([]);
  });
});

const evidenceOf = (text: string) => {
  const [finding] = analyse(text).findings;
  return `${finding?.certainty}: ${finding?.evidence.map(english).join(" ")}`;
};

describe("what is said of one goroutine whose starter is not there", () => {
  const sender: GoroutineText = {
    id: 45,
    state: "chan send, 12 minutes",
    frames: ["main.send(0xc000100000) main.go:12"],
    by: by("main.main main.go:8"),
  };
  test("in an excerpt does not claim that it has ended", () => {
    expect(evidenceOf(dumpText(sender))).toMatch(/^suspect: The goroutine with the go statement is not shown, and all/);
  });

  test("in a whole dump is that it has ended", () => {
    const child = { ...sender, by: by("main.serve main.go:8", 3) };
    expect(evidenceOf(wholeDumpText(MAIN, child))).toMatch(/^strong: The goroutine with the go statement has ended/);
  });

  test("tells a long wait once", () => {
    const starter: GoroutineText = { id: 3, state: "IO wait", frames: ["main.serve(0x1) main.go:30"] };
    const child = { ...sender, by: by("main.serve main.go:8", 3) };
    expect(evidenceOf(wholeDumpText(MAIN, starter, child)).match(/waited/g)).toHaveLength(1);
  });
});
