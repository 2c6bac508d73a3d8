import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

interface Parts {
  readonly take?: string;
  readonly release?: string;
  /** What a call does between taking and giving back, and how it does both. */
  readonly run?: string;
  readonly main?: string;
  readonly rest?: string;
  readonly make?: string;
}

/** A limiter that goroutines take from and give back to, by methods of its own. */
const limited = (parts: Parts = {}) => {
  const { take = "l.slots <- 1 // @take", release = "<-l.slots", run = RUN, main = "", rest = "" } = parts;
  const { make = "l := &limiter{slots: make(chan int, 2)}\n\treturn l" } = parts;
  return `
type limiter struct{ slots chan int }
func open() *limiter {
	${make}
}
func (l *limiter) acquire() {
	${take}
}
func (l *limiter) release(ok bool) {
	${release}
}
type server struct{ limit, other *limiter }
func (s *server) run(ok bool) {
	${run}
}
func main() {
	s := &server{open(), open()}
	go s.run(false) // @go
	${main}
	for {
		time.Sleep(time.Hour) // @sleep
		go s.run(true)
	}
}
${rest}
`;
};

const RUN = `s.limit.acquire() // @call
	if !ok {
		return
	}
	lib.Do() // @held
	s.limit.release(ok)
	lib.Rest() // @after`;

const STOCK: Parts = {
  take: "<-l.slots // @take",
  release: "l.slots <- 1",
  make: "l := &limiter{slots: make(chan int, 2)}\n\tfor range 2 {\n\t\tl.slots <- 1 // @fill\n\t}\n\treturn l",
};

const main = "1 [sleep] time.Sleep < main.main@sleep";
const within = (state = "chan send") =>
  `7 [${state}] main.(*limiter).acquire@take < main.(*server).run@call by main.main@go in 1`;
const at = (mark: string) => `9 [sleep] lib.Do < main.(*server).run@${mark} by main.main@go in 1`;

describe.each([
  ["slots", "chan send", {}],
  ["a stock", "chan receive", STOCK],
])("%s that methods take and give back", (_, state, parts: Parts) => {
  const waiter = within(state);

  test("are given back by those that have one", () => {
    expect(confinedGoroutines(limited(parts), [main, waiter])).toEqual([7]);
    expect(confinedGoroutines(limited(parts), [main, waiter, at("held")])).toEqual([]);
    expect(confinedGoroutines(limited(parts), [main, waiter, at("after")])).toEqual([7]);
  });

  test("are given back by a call that is deferred", () => {
    const run = "s.limit.acquire() // @call\n\tdefer s.limit.release(ok)\n\tlib.Do() // @held";
    expect(confinedGoroutines(limited({ ...parts, run }), [main, waiter])).toEqual([7]);
    expect(confinedGoroutines(limited({ ...parts, run }), [main, waiter, at("held")])).toEqual([]);
  });

  test("are taken by a function that has it done by another one", () => {
    const run = RUN.replace("s.limit.acquire() // @call", "s.begin() // @call");
    const rest = "func (s *server) begin() {\n\ts.limit.acquire() // @begin\n}";
    const deeper = waiter.replace("< main.(*server).run", "< main.(*server).begin@begin < main.(*server).run");
    expect(confinedGoroutines(limited({ ...parts, run, rest }), [main, deeper])).toEqual([7]);
    expect(confinedGoroutines(limited({ ...parts, run, rest }), [main, deeper, at("held")])).toEqual([]);
  });

  test.each<[string, Parts]>([
    ["by a call that may not have given it back", { release: `if ok {\n\t\t${parts.release ?? "<-l.slots"}\n\t}` }],
  ])("may still be given back %s", (__, more) => {
    expect(confinedGoroutines(limited({ ...parts, ...more }), [main, waiter, at("after")])).toEqual([]);
  });

  test.each<[string, Parts]>([
    ["gives back what it has not taken", { main: "lib.Each(func() { s.limit.release(true) })" }],
    ["gives it back first", { rest: "func (s *server) swap() {\n\ts.limit.release(true)\n\ts.limit.acquire()\n}" }],
    ["takes another's", { rest: "func (s *server) move() {\n\ts.other.acquire()\n\ts.limit.release(true)\n}" }],
    ["may not have taken", { take: `if l == nil {\n\t\treturn\n\t}\n\t${parts.take ?? "l.slots <- 1 // @take"}` }],
    ["is started for it", { run: "s.limit.acquire() // @call\n\tgo s.limit.release(ok)" }],
    ["takes in the end", { run: "defer s.limit.acquire() // @call\n\tlib.Do() // @held\n\ts.limit.release(ok)" }],
    ["has the method as a value", { main: "end := s.limit.release\n\tlib.Keep(end)" }],
  ])("may be given back by anybody where a call %s", (__, more) => {
    const source = limited({ ...parts, ...more });
    const caller = "9 [sleep] lib.Do < main.other@other by main.main@go in 1";
    const calls =
      "\nfunc other(s *server) {\n\tlib.Do() // @other\n\ts.swap()\n\ts.move()\n\ts.limit.release(true)\n}\n";
    expect(confinedGoroutines(source + calls, [main, waiter, caller])).toEqual([]);
    expect(confinedGoroutines(source, [main.replace("@sleep", "@go"), waiter])).toEqual([]);
  });
});

const filling = (fill: string) => `l := &limiter{slots: make(chan int, 2)}\n\t${fill}\n\tlib.Do() // @made\n\treturn l`;

describe("a stock", () => {
  const waiter = within("chan receive");

  const making = "9 [sleep] lib.Do < main.open@fill < main.main@go";
  const made = making.replace("@fill", "@made");

  test("is filled by the call that makes it", () => {
    expect(confinedGoroutines(limited(STOCK), [main, waiter, making])).toEqual([]);
  });

  test("is filled no more by a call that is past that", () => {
    for (const fill of ["for range 2 {\n\t\tl.slots <- 1\n\t}", "l.slots <- 1"]) {
      expect(confinedGoroutines(limited({ ...STOCK, make: filling(fill) }), [main, waiter, made])).toEqual([7]);
    }
  });

  test.each(["defer func() { l.slots <- 1 }()", "again:\n\tl.slots <- 1\n\tgoto again"])(
    "may be filled behind the line that does: %j",
    (fill) => {
      expect(confinedGoroutines(limited({ ...STOCK, make: filling(fill) }), [main, waiter, made])).toEqual([]);
    },
  );

  test("may be filled in the next round", () => {
    const make =
      "l := &limiter{slots: make(chan int, 2)}\n\tfor range 2 {\n\t\tl.slots <- 1\n\t\tlib.Do() // @made\n\t}\n\treturn l";
    expect(confinedGoroutines(limited({ ...STOCK, make }), [main, waiter, made])).toEqual([]);
  });

  test("may be filled later by a function that has not made it", () => {
    const rest = "func (s *server) grow() {\n\tlib.Do() // @grow\n\ts.limit.slots <- 1\n}";
    const growing = "9 [sleep] lib.Do < main.(*server).grow@grow by main.main@go in 1";
    expect(confinedGoroutines(limited({ ...STOCK, rest, main: "go s.grow()" }), [main, waiter, growing])).toEqual([]);
  });

  test("that is closed wakes all", () => {
    const rest = "func (s *server) stop() {\n\tlib.Do() // @stop\n\tclose(s.limit.slots)\n}";
    const closing = "9 [sleep] lib.Do < main.(*server).stop@stop by main.main@go in 1";
    expect(confinedGoroutines(limited({ ...STOCK, rest }), [main, waiter, closing])).toEqual([]);
  });
});

/** Stages that hand on what they have from the one in front. */
const stages = (take: string, give: string, first = "lib.Do() // @first") => `
type stage struct {
	ch, stop chan int
	next     *stage
}
func run(chs []chan int, i int, s *stage) {
	${first}
	${take}
	lib.Do()
	${give}
}
func main() {
	chs := []chan int{make(chan int, 1), make(chan int, 1)}
	s := &stage{ch: make(chan int, 1), stop: make(chan int)}
	go run(chs, 0, s) // @go
	time.Sleep(time.Hour) // @sleep
}
`;

describe("what is taken of one channel and given to another one", () => {
  const waiter = "7 [chan receive] main.run@take by main.main@go in 1";
  const coming = "9 [sleep] lib.Do < main.run@first by main.main@go in 1";
  const lost = (source: string) => confinedGoroutines(source, [main, waiter, coming]);

  test.each([
    ["<-chs[i] // @take", "chs[1-i] <- 1"],
    ["<-s.ch // @take", "s = s.next\n\ts.ch <- 1"],
  ])("is no stock: %s, %s", (take, give) => {
    expect(lost(stages(take, give))).toEqual([]);
  });

  test("is one where both are the same", () => {
    expect(lost(stages("<-s.ch // @take", "s.ch <- 1"))).toEqual([7]);
  });
});

const select = (other: string, label = "") =>
  stages(`${label}select { // @take\n\tcase <-s.ch:\n\tcase <-s.stop:\n\t\t${other}\n\t}`, "s.ch <- 1");

describe("a select that takes", () => {
  const waiter = "7 [select] main.run@take by main.main@go in 1";
  const coming = "9 [sleep] lib.Do < main.run@first by main.main@go in 1";
  const lost = (source: string) => confinedGoroutines(source, [main, waiter, coming]);

  test("goes on without where another case leads behind it", () => {
    expect(lost(select("return"))).toEqual([7]);
    for (const source of [select(""), select("break"), select("break L", "L:\n\t"), select("", "L:\n\t")])
      expect(lost(source)).toEqual([]);
  });
});

const transactions = (body: string, rest = "") => `
type store struct{ mu sync.Mutex }
type tx struct{ s *store }
func (s *store) begin() *tx {
	s.mu.Lock() // @lock
	return &tx{s}
}
func (t *tx) commit() { t.s.mu.Unlock() }
func (s *store) set(ok bool) {
	${body}
}
func main() {
	s := &store{}
	go s.set(true) // @go
	time.Sleep(time.Hour) // @sleep
	go s.set(false)
}
${rest}
`;

const packaged = (release: string) => `
var slots = make(chan int, 2)
func acquire() {
	slots <- 1 // @take
}
func release() {
	lib.Do() // @free
	<-slots
}
func run(wg *sync.WaitGroup) {
	acquire() // @call
	lib.Do() // @held
	${release}
}
func main() {
	var wg sync.WaitGroup
	go run(&wg) // @go
	time.Sleep(time.Hour) // @sleep
}
`;

const functions = (count: number) =>
  Array.from(
    { length: count },
    (_, n) => `func (s *server) f${n}() {\n\ts.limit.acquire()\n\ts.limit.release(true)\n}`,
  );

describe("slots that very many functions take and give back", () => {
  test("are not followed", () => {
    const few = limited({ rest: functions(9).join("\n") });
    const many = limited({ rest: functions(1001).join("\n") });
    expect(confinedGoroutines(few, [main, within()])).toEqual([7]);
    expect(confinedGoroutines(many, [main, within()])).toEqual([]);
  });
});

describe("slots of a package that functions take and give back", () => {
  const waiter = "7 [chan send] main.acquire@take < main.run@call by main.main@go in 1";
  const holder = "9 [sleep] lib.Do < main.run@held by main.main@go in 1";

  test("are held in between", () => {
    expect(confinedGoroutines(packaged("release()"), [main, waiter])).toEqual([7]);
    expect(confinedGoroutines(packaged("release()"), [main, waiter, holder])).toEqual([]);
  });

  test("may be given back by a goroutine that is started for it", () => {
    const started = "9 [sleep] lib.Do < main.release@free < sync.(*WaitGroup).Go.func1 by sync.(*WaitGroup).Go in 8";
    expect(confinedGoroutines(packaged("wg.Go(release)"), [main, waiter, started])).toEqual([]);
  });
});

describe("a lock that one function takes and another gives back", () => {
  const waiter =
    "7 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.(*store).begin@lock < main.(*store).set@begin by main.main@go in 1";
  const SET = "t := s.begin() // @begin\n\tif !ok {\n\t\treturn\n\t}\n\tlib.Do() // @held\n\tt.commit()";
  const holder = "9 [sleep] lib.Do < main.(*store).set@held by main.main@go in 1";

  test("is held by the caller in between", () => {
    expect(confinedGoroutines(transactions(SET), [main, waiter])).toEqual([7]);
    expect(confinedGoroutines(transactions(SET), [main, waiter, holder])).toEqual([]);
  });

  test("may not be taken by a call of an interface", () => {
    const set = "var b beginner = s\n\tif ok {\n\t\tb = &none{}\n\t}\n\tb.begin() // @begin\n\ts.end()";
    const rest =
      "type beginner interface{ begin() *tx }\ntype none struct{ n int }\nfunc (n *none) begin() *tx { return nil }\nfunc (s *store) end() { s.mu.Unlock() }";
    expect(confinedGoroutines(transactions(set, rest), [main, waiter])).toEqual([]);
  });

  test("may be held from one call to the next", () => {
    for (const end of ["last.commit()", "if ok {\n\t\tlast.commit()\n\t}"]) {
      const rotate = transactions(`${end}\n\tlast = s.begin() // @begin`, "var last *tx");
      expect(confinedGoroutines(rotate, [main, waiter])).toEqual([]);
    }
  });
});

const toggled = (off: string) => `
var mu sync.Mutex
func toggle(on bool) {
	if on {
		mu.Lock()
		return
	}
	${off}
}
func use() {
	mu.Lock() // @use
	mu.Unlock()
}
func main() {
	toggle(true)
	go use() // @go
	time.Sleep(time.Hour) // @sleep
	toggle(false)
}
`;

describe("a lock that one call takes and the next one gives back", () => {
  const waiter = "7 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.use@use by main.main@go in 1";

  test("is held meanwhile, though nobody stands behind the call", () => {
    expect(confinedGoroutines(toggled("mu.Unlock()"), [main, waiter])).toEqual([]);
  });

  test("is not, where each call takes it first", () => {
    expect(confinedGoroutines(toggled("mu.Lock()\n\tmu.Unlock()"), [main, waiter])).toEqual([7]);
  });
});
