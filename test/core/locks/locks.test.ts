import { describe, expect, test } from "vitest";
import { at } from "../../../server/src/core/model/column.ts";
import { analyse, type Analysed } from "../../support/analyse.ts";
import { dumpText, type GoroutineText, wholeDumpText, mutexLock, mutexLockOld } from "../../support/goroutineText.ts";
import { english } from "../../../server/src/core/text/say.ts";

/** Main serves, so the dump is whole and somebody is alive, but not in the code of the locks. */
const MAIN: GoroutineText = {
  id: 1,
  state: "IO wait",
  frames: [
    "net/http.(*Server).Serve(0xc000100000) /usr/local/go/src/net/http/server.go:3454",
    "main.main() main.go:84",
  ],
};

const LOCK = "0xc000118008";
const VALUE = "0xc000118000";

const waiter = (id: number, state = "sync.Mutex.Lock", lock = mutexLock(LOCK)) =>
  ({ id, state, frames: [...lock, `shop/stock.(*Index).Get(${VALUE}, 0x5) stock.go:44`] }) as const;

const serving = (server: string) => ({
  ...waiter(7, "sync.Mutex.Lock, 3 minutes"),
  frames: [...waiter(7).frames, `shop/feed.(*Server).serve(${server}) server.go:135`],
});

const readerWith = (frames: readonly string[]): GoroutineText => ({
  id: 7,
  state: "sync.RWMutex.RLock",
  frames: ["sync.(*RWMutex).RLock(...) /usr/local/go/src/sync/rwmutex.go:74", ...frames],
  by: ["shop/api.handle api.go:3", 77],
});

const holder = (state: string, line = 60) => ({
  id: 9,
  state,
  frames: [
    "shop/feed.(*Client).Send(0xc0001985a0, 0x0) client.go:199",
    `shop/stock.(*Index).Put(${VALUE}, 0x7) stock.go:${line}`,
  ],
  by: ["shop/api.handle api.go:3", 77] as const,
});

const nested = (id: number) => ({
  ...waiter(id),
  frames: [...waiter(id).frames, `shop/stock.(*Index).Sum(${VALUE}) stock.go:50`],
});

const once = (outer: string) => [
  ...mutexLock("0xc0000102bc"),
  "sync.(*Once).doSlow(0xc0000102b8, 0xc00001a0c0) /usr/local/go/src/sync/once.go:110",
  "sync.(*Once).Do(...) /usr/local/go/src/sync/once.go:101",
  "shop/config.(*Config).Get(0xc0000102b8) config.go:9",
  "shop/config.(*Config).load(0xc0000102b8) config.go:20",
  `sync.(*Once).doSlow(${outer}, 0xc00001a0d0) /usr/local/go/src/sync/once.go:116`,
  "sync.(*Once).Do(...) /usr/local/go/src/sync/once.go:101",
  "shop/config.(*Config).Get(0xc0000102b8) config.go:9",
];

const move = (id: number, from: string, to: string) => ({
  id,
  state: "sync.Mutex.Lock",
  frames: [...mutexLock(to), `shop/stock.Move({0x55, 0x1}, ${from}, ${to}) move.go:30`],
});

const summary = ({ dump, findings }: Analysed) =>
  findings.map(({ rule, certainty, rows, root }) => ({
    rule,
    certainty,
    ids: [...rows].map((row) => at(dump.goroutines.id, row)),
    root: root === null ? null : at(dump.goroutines.id, root),
  }));

const rulesOfOnce = (outer: string): string[] =>
  summary(analyse(wholeDumpText(MAIN, { id: 7, state: "sync.Mutex.Lock", frames: once(outer) }))).map(
    ({ rule }) => rule,
  );

const handOver = (id: number, from: string, to: string, line: number): GoroutineText => ({
  id,
  state: "sync.Mutex.Lock",
  frames: [...mutexLock(line === 30 ? to : from), `shop/bank.shift(${from}, ${to}) bank.go:${line}`],
});

/** A closure of a method that waits for a lock which it was given by itself; the value's own methods have none. */
const ordered = (id: number): GoroutineText => ({
  id,
  state: "semacquire, 3 minutes",
  frames: [
    ...mutexLockOld(LOCK),
    "shop/queue.(*Gate).order.func1.1() queue_test.go:126",
    "shop/queue.(*Gate).Pass(0xc000401bc0, 0xc0003c3f98) queue.go:67",
    `shop/queue.(*Gate).order.func1(0xc000439d40, 0xc000401bc0, ${LOCK}) queue_test.go:125`,
  ],
  by: ["shop/queue.(*Gate).order queue_test.go:123", 77],
});

const circleIsSaid = (...goroutines: readonly GoroutineText[]) =>
  summary(analyse(wholeDumpText(MAIN, ...goroutines)))
    .filter(({ rule }) => rule === "deadlock-cycle")
    .map(({ certainty }) => certainty);

describe("the holder of a lock", () => {
  test("is who runs on the same value and waits for something else", () => {
    expect(summary(analyse(wholeDumpText(MAIN, waiter(7), waiter(8), holder("chan send"))))).toEqual([
      { rule: "lock-held-while-blocked", certainty: "strong", ids: [7, 8, 9], root: 9 },
    ]);
  });

  test("of a lock that lies in no value is whoever else runs code of the package", () => {
    const unlocking: GoroutineText = {
      id: 9,
      state: "chan receive, 3 minutes",
      frames: [
        "shop/queue.unlock(0xc0004818d0) queue_test.go:156",
        "shop/queue.TestOrder(0xc0004b5b30) queue_test.go:68",
      ],
      by: ["shop/queue.Run queue_test.go:9", 77],
    };
    const found = summary(analyse(wholeDumpText(MAIN, ordered(7), unlocking)));
    expect(found.filter(({ rule }) => rule.startsWith("lock-"))).toEqual([
      { rule: "lock-held-while-blocked", certainty: "suspect", ids: [7, 9], root: 9 },
    ]);
    expect(summary(analyse(wholeDumpText(MAIN, ordered(7))))).toMatchObject([{ rule: "lock-without-holder" }]);
  });

  test("of a lock that lies in no value is main, where main waits for the others", () => {
    const main: GoroutineText = {
      id: 1,
      state: "semacquire, 3 minutes",
      frames: [
        "sync.(*WaitGroup).Wait(0xc000012120) /usr/local/go/src/sync/waitgroup.go:118",
        "main.main() main.go:22",
      ],
    };
    const worker: GoroutineText = {
      id: 6,
      state: "sync.Mutex.Lock, 3 minutes",
      frames: [...mutexLock(LOCK), `main.work(${LOCK}, 0xc000012120) main.go:9`],
      by: ["main.main main.go:18", 1],
    };
    const locks = summary(analyse(wholeDumpText(main, worker))).filter(({ rule }) => rule.startsWith("lock-"));
    expect(locks).toEqual([{ rule: "lock-held-while-blocked", certainty: "suspect", ids: [1, 6], root: 1 }]);
  });

  test("may wait for the Done of one that waits for the lock, which runs a method of the WaitGroup's value", () => {
    const closing = {
      id: 9,
      state: "semacquire, 3 minutes",
      frames: [
        "sync.(*WaitGroup).Wait(0xc000200028) /usr/local/go/src/sync/waitgroup.go:130",
        "shop/feed.(*Server).Close(0xc000200000) server.go:109",
        `shop/stock.(*Index).Close(${VALUE}) stock.go:60`,
      ],
    };
    const said = (server: string) =>
      analyse(wholeDumpText(MAIN, serving(server), closing)).findings.map(({ message }) => english(message));
    const start =
      "feed.(*Server).Close at server.go:109: goroutine 9 holds the Mutex 0xc000118008 while it waits for a WaitGroup, at least 3 minutes; 1 goroutine waits for the lock. ";
    expect(said("0xc000200000")).toEqual([
      `${start}Goroutine 7 waits for the lock and may owe the WaitGroup its Done, so that neither goes on: unlock before Wait.`,
    ]);
    expect(said("0xc000300000")).toEqual([`${start}Unlock before Wait.`]);
  });

  test("may wait for a lock itself, which somebody at work may hold", () => {
    const second = "0xc000200018";
    const between: GoroutineText = {
      id: 9,
      state: "sync.Mutex.Lock, 8 minutes",
      frames: [
        ...mutexLock(second),
        "shop/feed.(*Feed).Idle(0xc000200000?) feed.go:31",
        `shop/stock.(*Index).Get(${VALUE}, 0x5) stock.go:49`,
      ],
    };
    const atWork: GoroutineText = {
      id: 10,
      state: "runnable",
      frames: ["shop/feed.(*Feed).update(0xc000200000) feed.go:70", "shop/feed.Run() feed.go:9"],
    };
    const said = (...others: readonly GoroutineText[]) =>
      analyse(wholeDumpText(MAIN, waiter(7), between, ...others)).findings.map(({ message }) => english(message));
    expect(said(atWork)[0]).toMatch(
      /^feed\.\(\*Feed\)\.Idle at feed\.go:31: goroutine 9 holds .* The lock for which it waits itself may be held by goroutine 10 in feed\.\(\*Feed\)\.update at feed\.go:70\. /,
    );
    expect(
      said(atWork, { ...atWork, id: 11, frames: ["shop/feed.(*Feed).sum(0xc000200000) feed.go:90"] })[0],
    ).not.toContain("waits itself");
  });

  test("is found with the frames and states of Go 1.19 as well", () => {
    const old = waiter(7, "semacquire, 2 minutes", mutexLockOld(LOCK));
    expect(summary(analyse(wholeDumpText(MAIN, old, holder("chan send, 4 minutes"))))).toMatchObject([
      { ids: [7, 9], root: 9 },
    ]);
  });

  test.each(["running", "runnable", "sleep", "IO wait"])("is left in peace while it is in state %s", (state) => {
    expect(summary(analyse(wholeDumpText(MAIN, waiter(7), waiter(8), holder(state))))).toEqual([]);
  });

  test("is no more than suspected while it waits long for the network, or for those it has started", () => {
    const stuck = waiter(7, "sync.Mutex.Lock, 8 minutes");
    const certainties = (...others: readonly GoroutineText[]) =>
      summary(analyse(wholeDumpText(MAIN, stuck, ...others))).map(({ certainty }) => certainty);
    expect(certainties(holder("IO wait, 8 minutes"))).toEqual(["suspect"]);
    const waits = holder("sync.WaitGroup.Wait, 8 minutes");
    const step = { id: 10, state: "IO wait, 8 minutes", frames: ["shop/schema.step(0x1) schema.go:30"] };
    expect(certainties(waits, { ...step, by: ["shop/schema.Migrate schema.go:9", 9] })).toEqual(["suspect"]);
    expect(certainties(waits, { ...step, by: ["shop/schema.Migrate schema.go:9", 1] })).toEqual(["strong"]);
  });

  test("and those who wait behind it are one suspicion in an excerpt", () => {
    const [stuck, next] = [7, 8].map((id) => waiter(id, "sync.Mutex.Lock, 10 minutes"));
    const [only, ...others] = analyse(dumpText(stuck!, next!, holder("chan send, 10 minutes"))).findings;
    expect([only?.rule, only?.count, others.map(({ rule }) => rule)]).toEqual(["lock-held-while-blocked", 3, []]);
  });

  test("is not who runs on another value of the same type", () => {
    const other = { ...holder("chan send"), frames: ["shop/stock.(*Index).Put(0xc000999000, 0x7) stock.go:60"] };
    expect(
      summary(analyse(wholeDumpText(MAIN, waiter(7), other))).filter(({ rule }) => rule === "lock-held-while-blocked"),
    ).toEqual([]);
  });

  test("is not named when two may hold the lock", () => {
    const second = { ...holder("chan receive"), id: 10 };
    const found = summary(analyse(wholeDumpText(MAIN, waiter(7), holder("chan send"), second)));
    expect(found.filter(({ rule }) => rule.startsWith("lock-"))).toEqual([]);
  });

  test("does not count as sure where its receiver is a stale guess of another value", () => {
    const stale = { ...holder("chan send"), frames: ["shop/stock.(*Index).Put(0x1?, 0x7) stock.go:60"] };
    const found = analyse(wholeDumpText(MAIN, waiter(7), stale)).findings.find(
      ({ rule }) => rule === "lock-held-while-blocked",
    );
    expect(english(found!.evidence[0])).toContain("whether it is the same value, no address tells");
  });
});

describe("two waiters of one lock", () => {
  test("never wait for each other, however their stacks are nested", () => {
    const found = summary(analyse(wholeDumpText(MAIN, nested(7), nested(8), nested(9))));
    expect(found.map(({ rule }) => rule)).not.toContain("deadlock-cycle");
    expect(found.map(({ rule }) => rule)).not.toContain("self-deadlock");
  });

  test("whose addresses differ wait for two locks", () => {
    const other = {
      ...waiter(8),
      frames: [...mutexLock("0xc000777008"), "shop/stock.(*Index).Get(0xc000777000, 0x5) stock.go:44"],
    };
    const { findings } = analyse(wholeDumpText(MAIN, waiter(7), other));
    expect(new Set(findings.map(({ message }) => /0xc000\w+/.exec(english(message))?.[0])).size).toBe(findings.length);
  });
});

describe("a goroutine that waits for its own lock", () => {
  const self = { ...waiter(7), frames: [...waiter(7).frames, `shop/stock.(*Index).Incr(${VALUE}, 0x5) stock.go:38`] };

  test("is a self-deadlock, and those behind it are said to wait for it", () => {
    expect(summary(analyse(wholeDumpText(MAIN, self, waiter(8), waiter(9))))).toEqual([
      { rule: "self-deadlock", certainty: "strong", ids: [7, 8, 9], root: 7 },
    ]);
  });

  test("is a self-deadlock of a reader that came back through other code, where no writer waits", () => {
    const inner = `shop/stock.(*Index).Get(${VALUE}) stock.go:44`;
    const outer = [`shop/stock.(*Index).Import(${VALUE}) stock.go:50`, "shop/api.load() api.go:20"];
    const back = readerWith([inner, "shop/config.Snapshot() config.go:58", ...outer]);
    expect(summary(analyse(wholeDumpText(MAIN, back)))).toEqual([
      { rule: "self-deadlock", certainty: "strong", ids: [7], root: 7 },
    ]);
    const two = summary(analyse(wholeDumpText(MAIN, back, { ...back, id: 8 })));
    expect(two.filter(({ rule }) => rule === "self-deadlock")).toEqual([]);
    const near = summary(analyse(wholeDumpText(MAIN, readerWith([inner, ...outer]))));
    expect(near.filter(({ rule }) => rule === "self-deadlock")).toEqual([]);
    const writer: GoroutineText = {
      ...back,
      id: 8,
      state: "sync.RWMutex.Lock",
      frames: [
        "sync.(*RWMutex).Lock(...) /usr/local/go/src/sync/rwmutex.go:150",
        `shop/stock.(*Index).Put(${VALUE}) stock.go:70`,
      ],
    };
    expect(summary(analyse(wholeDumpText(MAIN, back, writer))).map(({ rule }) => rule)).toEqual([
      "recursive-read-lock",
    ]);
  });

  test("is none when somebody else runs on the value", () => {
    const runner = { id: 9, state: "runnable", frames: [`shop/stock.(*Index).Put(${VALUE}, 0x7) stock.go:60`] };
    expect(summary(analyse(wholeDumpText(MAIN, self, runner)))).toEqual([]);
  });

  test("is none when somebody runs in the package and no minute has passed", () => {
    const runner = { id: 9, state: "runnable", frames: ["shop/stock.(*Conn).Read(0xc000555000) conn.go:60"] };
    expect(summary(analyse(wholeDumpText(MAIN, self, runner)))).toEqual([]);
  });

  test("is the same whichever of several comes first in the dump", () => {
    const reads = [
      "sync.runtime_SemacquireRWMutexR(0x47392e?, 0x0?, 0x0?) /usr/local/go/src/runtime/sema.go:100",
      "sync.(*RWMutex).RLock(...) /usr/local/go/src/sync/rwmutex.go:74",
      `shop/stock.(*Index).Get(${VALUE}, 0x5) stock.go:44`,
      `shop/stock.(*Index).Sum(${VALUE}, 0x5) stock.go:38`,
    ];
    const writer = {
      id: 9,
      state: "sync.RWMutex.Lock",
      frames: [
        "sync.runtime_SemacquireRWMutex(0x0?, 0x0?, 0x0?) /usr/local/go/src/runtime/sema.go:105",
        "sync.(*RWMutex).Lock(0x4ced9f?) /usr/local/go/src/sync/rwmutex.go:155",
        `shop/stock.(*Index).Put(${VALUE}, 0x7) stock.go:60`,
      ],
    };
    const runner = { id: 10, state: "runnable", frames: ["shop/stock.(*Conn).Read(0xc000555000) conn.go:60"] };
    const fresh = { id: 7, state: "sync.RWMutex.RLock", frames: reads };
    const old = { id: 8, state: "semacquire, 65 minutes", frames: reads };
    for (const order of [
      [fresh, old, writer, runner],
      [runner, writer, old, fresh],
    ]) {
      expect(summary(analyse(wholeDumpText(MAIN, ...order)))).toMatchObject([
        { rule: "recursive-read-lock", certainty: "strong", root: 8 },
      ]);
    }
  });

  test("is found in sync.Once, which waits for its own function", () => {
    expect(rulesOfOnce("0xc0000102b8")).toEqual(["self-deadlock"]);
    expect(rulesOfOnce("0xc000aaa000")).not.toContain("self-deadlock");
  });
});

const LIBRARY = "/gopath/src/github.com/acme/lru/lru.go";
const rwLock = (lock: string) => [
  ...mutexLock(lock),
  "sync.(*RWMutex).Lock(0x0?) /usr/local/go/src/sync/rwmutex.go:150",
];
const READ_LOCK = [
  "sync.runtime_SemacquireRWMutexR(0x47392e?, 0x0?, 0x0?) /usr/local/go/src/runtime/sema.go:100",
  "sync.(*RWMutex).RLock(...) /usr/local/go/src/sync/rwmutex.go:74",
];

/** Wants to add to a cache. */
const adder = (id: number) => ({
  id,
  state: "sync.Mutex.Lock",
  frames: [...rwLock(LOCK), `github.com/acme/lru.(*Cache).Add(${VALUE}, 0x7) ${LIBRARY}:42`, "main.login() main.go:33"],
});

/** Adds to a cache, which calls back, which asks the cache. */
const evicting = (id: number, line: number) => ({
  id,
  state: "sync.RWMutex.RLock",
  frames: [
    ...READ_LOCK,
    `github.com/acme/lru.(*Cache).Len(${VALUE}) ${LIBRARY}:146`,
    "main.gone(0xc0001c6658) main.go:28",
    `github.com/acme/lru.(*Cache).Add(${VALUE}, 0x5) ${LIBRARY}:${line}`,
    "main.login() main.go:33",
  ],
});

describe("a goroutine that comes back to a lock through a callback", () => {
  test("waits for itself when its outer call is past the place where others ask for the write lock", () => {
    expect(summary(analyse(wholeDumpText(MAIN, adder(7), adder(8), evicting(9, 43))))).toEqual([
      { rule: "self-deadlock", certainty: "strong", ids: [7, 8, 9], root: 9 },
    ]);
  });

  test("waits for itself when nobody else waits", () => {
    expect(summary(analyse(wholeDumpText(MAIN, evicting(9, 43))))).toMatchObject([
      { rule: "self-deadlock", certainty: "strong", ids: [9] },
    ]);
  });

  test.each([
    ["its outer call has yet to ask", [adder(7), evicting(9, 41)]],
    ["two seem to have what only one can have", [adder(7), evicting(9, 43), evicting(10, 43)]],
    ["somebody is at work there", [adder(7), evicting(9, 43), { ...adder(8), state: "runnable" }]],
  ])("is left in peace when %s", (_, goroutines) => {
    const rules = summary(analyse(wholeDumpText(MAIN, ...goroutines))).map(({ rule }) => rule);
    expect(rules).not.toContain("self-deadlock");
  });
});

const DATABASE = "/gopath/src/github.com/acme/kv/db.go";
const beginning = [
  ...mutexLock(LOCK),
  `github.com/acme/kv.(*DB).beginWrite(${VALUE}) ${DATABASE}:640`,
  `github.com/acme/kv.(*DB).Update(0x1?, 0xc0000aa000) ${DATABASE}:725`,
];
const updater = (id: number, ...outer: readonly string[]) => ({
  id,
  state: "sync.Mutex.Lock",
  frames: [...beginning, "main.(*store).put(...) main.go:30", ...outer],
});

const sure = (...goroutines: readonly GoroutineText[]) =>
  summary(analyse(wholeDumpText(MAIN, ...goroutines))).filter(({ certainty }) => certainty !== "suspect");

describe("a lock that a function takes for its caller", () => {
  const exporter = { id: 9, state: "sleep", frames: ["main.(*store).export(0xc000111000) main.go:70"] };

  test("may be held by somebody who is in none of its methods", () => {
    const found = summary(analyse(wholeDumpText(MAIN, updater(7), exporter)));
    expect(found.filter(({ certainty }) => certainty !== "suspect")).toEqual([]);
  });

  test("may be held by whoever is alive, though the waiter's starter is gone", () => {
    const orphan = { ...updater(7), by: ["main.(*api).save main.go:3", 77] as const };
    expect(sure(orphan, { ...orphan, id: 8 }, exporter)).toEqual([]);
    expect(sure(orphan, { ...orphan, id: 8 })).toMatchObject([{ ids: [7, 8] }]);
  });

  test("is held by the call that has gone on with it", () => {
    const within = `github.com/acme/kv.(*DB).Update(0x0?, 0xc0000bb000) ${DATABASE}:741`;
    expect(summary(analyse(wholeDumpText(MAIN, updater(7), updater(8, within), exporter)))).toEqual([
      { rule: "self-deadlock", certainty: "strong", ids: [7, 8], root: 8 },
    ]);
    const before = within.replace(":741", ":720");
    const found = summary(analyse(wholeDumpText(MAIN, updater(7), updater(8, before), exporter)));
    expect(found.filter(({ certainty }) => certainty !== "suspect")).toEqual([]);
  });
});

const reader = (id: number, value: string, ...outer: readonly string[]) => ({
  id,
  state: "sync.RWMutex.RLock",
  frames: [...READ_LOCK, `shop/stock.(*Index).Get(${value}, 0x5) stock.go:44`, ...outer],
});
const writer = (id: number, value: string) => ({
  id,
  state: "sync.RWMutex.Lock",
  frames: [
    "sync.runtime_SemacquireRWMutex(0x0?, 0x0?, 0x0?) /usr/local/go/src/runtime/sema.go:105",
    "sync.(*RWMutex).Lock(0x4ced9f?) /usr/local/go/src/sync/rwmutex.go:155",
    `shop/stock.(*Index).Put(${value}, 0x7) stock.go:60`,
  ],
});

describe("waiters whose arguments do not tell the value", () => {
  const nestedReader = reader(9, `${VALUE}?`, `shop/stock.(*Index).Sum(${VALUE}, 0x5) stock.go:38`);

  test("wait for the one lock of their type of which the value is known", () => {
    const readers = [6, 7, 8].map((id) => reader(id, `${VALUE}?`));
    expect(summary(analyse(wholeDumpText(MAIN, ...readers, nestedReader, writer(10, VALUE))))).toEqual([
      { rule: "recursive-read-lock", certainty: "strong", ids: [6, 7, 8, 9, 10], root: 9 },
    ]);
  });

  test("may wait for any of several", () => {
    const found = summary(analyse(wholeDumpText(MAIN, nestedReader, writer(10, VALUE), writer(11, "0xc000999000"))));
    expect(found.map(({ rule }) => rule)).not.toContain("recursive-read-lock");
  });
});

describe("goroutines in a circle", () => {
  test("are a deadlock, each waiting for the next", () => {
    const analysed = analyse(
      wholeDumpText(MAIN, move(7, "0xc000100000", "0xc000200000"), move(8, "0xc000200000", "0xc000100000")),
    );
    const [finding] = analysed.findings;
    expect(summary(analysed)).toMatchObject([{ rule: "deadlock-cycle", certainty: "strong", ids: [7, 8] }]);
    expect(finding?.cycle).toHaveLength(2);
  });

  test("may be three", () => {
    const { findings } = analyse(
      wholeDumpText(
        MAIN,
        move(7, "0xc000100000", "0xc000200000"),
        move(8, "0xc000200000", "0xc000300000"),
        move(9, "0xc000300000", "0xc000100000"),
      ),
    );
    expect(findings.map(({ rule, cycle }) => [rule, cycle?.length])).toEqual([["deadlock-cycle", 3]]);
  });

  test("are none while somebody runs with one of the values", () => {
    const runner = { id: 9, state: "runnable", frames: ["shop/stock.Audit(0xc000100000) audit.go:8"] };
    const { findings } = analyse(
      wholeDumpText(MAIN, move(7, "0xc000100000", "0xc000200000"), move(8, "0xc000200000", "0xc000100000"), runner),
    );
    expect(findings.map(({ rule }) => rule)).not.toContain("deadlock-cycle");
  });

  test("may have unlocked already, and are a suspect, while somebody moves in the package of their functions", () => {
    const [x, y, z] = ["0xc000100000", "0xc000200000", "0xc000300000"] as const;
    const crossed = [handOver(7, x, y, 30), handOver(8, y, x, 30), handOver(9, x, z, 27), handOver(10, y, z, 27)];
    const auditor: GoroutineText = {
      id: 11,
      state: "sleep",
      frames: ["time.Sleep(0x1) /usr/local/go/src/runtime/time.go:9", "shop/bank.(*Bank).Freeze.func1() bank.go:50"],
    };
    expect(circleIsSaid(...crossed)).toEqual(["proven"]);
    expect(circleIsSaid(...crossed, auditor)).toEqual(["suspect"]);
    const elsewhere = { ...auditor, frames: ["shop/api.poll(0x1) api.go:9"] };
    expect(circleIsSaid(...crossed, elsewhere)).toEqual(["proven"]);
  });
});
