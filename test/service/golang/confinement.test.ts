import { describe, expect, test } from "vitest";
import { confinedGoroutines, openGoroutines, provenHolders } from "../../support/confinedGoroutines.ts";

const SLEEPING = "1 [sleep] time.Sleep < main.main@sleep";

describe("a channel that one call made", () => {
  const TIMEOUT = `
func finish() error {
	result := make(chan error)
	go func() { // @go
		result <- work() // @send
	}()
	select {
	case err := <-result: // @wait
		return err
	case <-time.After(time.Second):
		return errLate // @late
	}
}
func main() {
	finish() // @call
	time.Sleep(time.Hour) // @sleep
}
func work() error { return nil }
`;
  const SENDER = "7 [chan send] main.finish.func1@send by main.finish@go in 1";

  test("is sent to for ever when the call is over", () => {
    expect(confinedGoroutines(TIMEOUT, [SLEEPING, SENDER])).toEqual([7]);
  });

  test("may still be received from while the call goes on", () => {
    expect(confinedGoroutines(TIMEOUT, ["1 [running] main.finish@go < main.main@call", SENDER])).toEqual([]);
  });

  test("is not received from behind the select that gave up", () => {
    expect(confinedGoroutines(TIMEOUT, ["1 [running] main.finish@late < main.main@call", SENDER])).toEqual([7]);
  });

  test("has nothing to do with the same call on another goroutine", () => {
    const other = "9 [select] main.finish@wait by main.main@call in 1";
    expect(confinedGoroutines(TIMEOUT, [SLEEPING, other, SENDER.replace("in 1", "in 8")])).toEqual([7]);
    expect(confinedGoroutines(TIMEOUT, [SLEEPING, other, SENDER.replace("in 1", "in 9")])).toEqual([]);
    expect(confinedGoroutines(TIMEOUT, [SLEEPING, other, SENDER.replace(" in 1", "")])).toEqual([]);
  });

  test("proves nothing when the source has changed", () => {
    expect(
      confinedGoroutines(TIMEOUT, [SLEEPING, SENDER.replace("finish.func1", "start.func1").replace("@send", "@wait")]),
    ).toBeUndefined();
    expect(
      confinedGoroutines(TIMEOUT, [SLEEPING, "7 [chan receive] main.finish.func1@send by main.finish@go in 1"]),
    ).toEqual([]);
    expect(confinedGoroutines(TIMEOUT, [SLEEPING, "7 [chan send] main.finish@send"])).toBeUndefined();
  });
});

/** A program whose `main` sleeps, with a goroutine at `@wait` that `main` has started. */
const waits = (source: string, state: string, ...others: readonly string[]) =>
  confinedGoroutines(source, [SLEEPING, `7 [${state}] main.main.func1@wait by main.main@go in 1`, ...others]);

const withUse = (use: string, more = "") => `
var kept chan int
func main() {
	ch := make(chan int)
	${use}
	go func() { // @go
		<-ch // @wait
	}()
	time.Sleep(time.Hour) // @sleep
}
${more}
`;

describe("what leaves the call", () => {
  test.each([
    ["nothing", "", ""],
    ["its length", "_ = len(ch)", ""],
    ["a print", "fmt.Println(ch)", ""],
    ["a receive elsewhere", "drain(ch)", "func drain(c chan int) { go func() { <-c }() }"],
  ])("as %s does not help", (_, use, more) => {
    expect(waits(withUse(use, more), "chan receive")).toEqual([7]);
  });

  test.each([
    ["a library's argument", "signal.Notify(ch)", ""],
    ["an unknown function's argument", "notify(ch)", ""],
    ["a timer's closure", "time.AfterFunc(time.Hour, func() { close(ch) })", ""],
    ["a handler's closure", 'http.HandleFunc("/", func(http.ResponseWriter, *http.Request) { ch <- 1 })', ""],
    [
      "a handler's method",
      'http.Handle("/", &server{ch})',
      "type server struct{ ch chan int }\nfunc (s *server) ServeHTTP(http.ResponseWriter, *http.Request) { s.ch <- 1 }",
    ],
    ["a deferred close", "defer close(ch)", ""],
    ["a deferred function", "defer func() { release(ch) }()", "func release(c chan int) { close(c) }"],
  ])("as %s may help", (_, use, more) => {
    expect(waits(withUse(use, more), "chan receive")).toEqual([]);
  });

  test("as a package variable helps those that run code which uses it", () => {
    const source = withUse(
      "kept = ch",
      "func send() {\n\tfor {\n\t\ttime.Sleep(time.Second) // @tick\n\t\tkept <- 1\n\t}\n}",
    );
    expect(waits(source, "chan receive")).toEqual([7]);
    expect(waits(source, "chan receive", "9 [sleep] time.Sleep < main.send@tick by main.main@go in 1")).toEqual([]);
  });

  test("in a field helps those that run code which uses the field", () => {
    const source = withUse(
      "b := &box{ch: ch}; b.open()",
      "type box struct{ ch chan int }\nfunc (b *box) open() { go b.run() }\nfunc (b *box) run() {\n\tfor {\n\t\ttime.Sleep(1) // @tick\n\t\tb.ch <- 1\n\t}\n}",
    );
    expect(waits(source, "chan receive")).toEqual([7]);
    expect(
      waits(source, "chan receive", "9 [sleep] time.Sleep < main.(*box).run@tick by main.(*box).open in 1"),
    ).toEqual([]);
  });

  test("through another channel, a map and a slice is followed", () => {
    for (const use of ["boxes <- ch", 'named["a"] = ch', "list = append(list, ch)"]) {
      const more = `
var boxes = make(chan chan int, 1)
var named = map[string]chan int{}
var list []chan int
func serve() {
	for {
		time.Sleep(1) // @tick
		for _, c := range named { c <- 1 }
		for _, c := range list { c <- 1 }
		c := <-boxes
		c <- 1
	}
}`;
      expect(
        waits(withUse(use, more), "chan receive", "9 [sleep] time.Sleep < main.serve@tick by main.main@go in 1"),
      ).toEqual([]);
      expect(waits(withUse(use, more), "chan receive")).toEqual([7]);
    }
  });

  test("through an interface's method, a function value and a method value is followed", () => {
    const more = `
type closer interface{ end() }
type owner struct{ c chan int }
func (o *owner) end() { close(o.c) }
func run(c closer, f func()) {
	time.Sleep(1) // @tick
	if c != nil { c.end() }
	if f != nil { f() }
}`;
    for (const use of [
      "go run(&owner{ch}, nil)",
      "go run(nil, func() { close(ch) })",
      "o := owner{c: ch}; go run(nil, o.end)",
    ]) {
      const runner = "9 [sleep] time.Sleep < main.run@tick by main.main@go in 1";
      expect(waits(withUse(use, more), "chan receive", runner)).toEqual([]);
      expect(waits(withUse(use, more), "chan receive")).toEqual([7]);
    }
  });
});

const withKept = (kept: string) => `
func main() {
	var ch chan int
	go func() { // @go
		mine := make(chan int)
		ch = ${kept}
		<-mine // @wait
	}()
	time.Sleep(time.Hour) // @sleep
	late := ch
	late <- 1
}
`;

describe("what a call has, and others have made", () => {
  const HUB = `
type hub struct{ clients map[int]chan int }
func (h *hub) stream() {
	ch := make(chan int)
	h.clients[0] = ch
	go func() { // @go
		for range ch { // @wait
		}
	}()
	idle() // @served
}
func (h *hub) broadcast() {
	for _, ch := range h.clients {
		ch <- 1
	}
}
func main() {
	h := &hub{clients: map[int]chan int{}}
	go h.stream() // @start
	for {
		time.Sleep(time.Minute) // @sleep
		h.broadcast()
	}
}
`;
  const LISTENER = "7 [chan receive] main.(*hub).stream.func1@wait by main.(*hub).stream@go in 6";

  test("in a map that it made may still be served by it", () => {
    expect(confinedGoroutines(HUB, [SLEEPING, LISTENER])).toEqual([]);
    expect(confinedGoroutines(HUB.replace("h.clients[0] = ch", ""), [SLEEPING, LISTENER])).toEqual([7]);
  });

  test("in a variable that it declares may still be served by it", () => {
    const waiter = "7 [chan receive] main.main.func1@wait by main.main@go in 1";
    expect(confinedGoroutines(withKept("mine"), [SLEEPING, waiter])).toEqual([]);
    expect(confinedGoroutines(withKept("make(chan int)"), [SLEEPING, waiter])).toEqual([7]);
  });
});

const select = (cases: string, made = "") => `
func main() {
	a, b := make(chan int), make(chan int)
	${made}
	go func() { // @go
		select { // @wait
		${cases}
		}
	}()
	time.Sleep(time.Hour) // @sleep
	_ = tail
}
func tail() {}
`;

describe("a select", () => {
  test("is over when all its cases are", () => {
    expect(waits(select("case <-a:\n\t\tcase b <- 1:"), "select")).toEqual([7]);
  });

  test.each([
    ["a timer", "case <-a:\n\t\tcase <-time.After(1):", ""],
    ["a ticker", "case <-a:\n\t\tcase <-t.C:", "t := time.NewTicker(1)"],
    [
      "a context that time ends",
      "case <-a:\n\t\tcase <-ctx.Done():",
      "ctx, cancel := context.WithTimeout(context.Background(), 1); _ = cancel",
    ],
    ["an unknown context", "case <-a:\n\t\tcase <-ctx.Done():", "ctx := request.Context()"],
    ["a signal", "case <-a:\n\t\tcase <-stop:", "stop := make(chan os.Signal, 1); signal.Notify(stop)"],
    [
      "a cancel that is deferred",
      "case <-a:\n\t\tcase <-ctx.Done():",
      "ctx, cancel := context.WithCancel(context.Background()); defer cancel()",
    ],
  ])("may still end by %s", (_, cases, made) => {
    expect(waits(select(cases, made), "select")).toEqual([]);
  });

  test.each([
    ["lost", "ctx, cancel := context.WithCancel(context.Background()); _ = cancel"],
    ["thrown away", "ctx, _ := context.WithCancel(context.Background())"],
    [
      "its parent's, and lost as well",
      "base, _ := context.WithCancel(context.TODO()); ctx, _ := context.WithCancel(base)",
    ],
    ["none", "ctx := context.Background()"],
  ])("does not end by a context whose cancel is %s", (_, made) => {
    expect(waits(select("case <-a:\n\t\tcase <-ctx.Done():", made), "select")).toEqual([7]);
  });

  test("may end by the cancel of a parent", () => {
    const made = "base, stop := context.WithCancel(context.TODO()); defer stop(); ctx, _ := context.WithCancel(base)";
    expect(waits(select("case <-ctx.Done():", made), "select")).toEqual([]);
  });

  test("with a default does not block: the source is another one", () => {
    expect(waits(select("case <-a:\n\t\tdefault:"), "select")).toEqual([]);
  });
});

const waitingToTake = (id: number) =>
  `${id} [sync.Mutex.Lock] sync.(*Mutex).Lock < main.(*shelf).take@lock by main.main@go in 1`;

describe("locks", () => {
  const SHELF = `
type shelf struct {
	mu sync.Mutex
	n  int
}
func (s *shelf) take(n int) bool {
	s.mu.Lock() // @lock
	if n > s.n {
		return false // @early
	}
	pause() // @held
	s.mu.Unlock()
	idle() // @after
	return true
}
func main() {
	s := &shelf{}
	for i := range 3 {
		go s.take(i) // @go
	}
	time.Sleep(time.Hour) // @sleep
}
`;

  test("that nobody holds were not unlocked", () => {
    expect(confinedGoroutines(SHELF, [SLEEPING, waitingToTake(7), waitingToTake(8)])).toEqual([7, 8]);
    const past = "9 [sleep] lib.idle < main.(*shelf).take@after by main.main@go in 1";
    expect(confinedGoroutines(SHELF, [SLEEPING, waitingToTake(7), past])).toEqual([7]);
  });

  test("are held between Lock and Unlock", () => {
    const holder = "9 [sleep] lib.pause < main.(*shelf).take@held by main.main@go in 1";
    expect(confinedGoroutines(SHELF, [SLEEPING, waitingToTake(7), holder])).toEqual([]);
  });

  test("that two goroutines want in opposite order are never unlocked", () => {
    const source = `
func main() {
	var a, b sync.Mutex
	go func() { // @go
		a.Lock()
		defer a.Unlock()
		b.Lock() // @one
		b.Unlock()
	}()
	go func() { // @gotwo
		b.Lock()
		defer b.Unlock()
		a.Lock() // @two
		a.Unlock()
	}()
	time.Sleep(time.Hour) // @sleep
}
`;
    const one = "7 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.main.func1@one by main.main@go in 1";
    const two = "8 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.main.func2@two by main.main@gotwo in 1";
    expect(confinedGoroutines(source, [SLEEPING, one, two])).toEqual([7, 8]);
    expect(confinedGoroutines(source, [SLEEPING, one, two.replace("sync.Mutex.Lock", "runnable")])).toEqual([]);
  });

  test("may be unlocked by another function than the one that locks", () => {
    const source = `
type door struct{ sync.Mutex }
func (d *door) shut() { d.Lock() } // @lock
func (d *door) open() { d.Unlock() }
func keep(d *door) {
	d.shut()
	pause() // @held
	d.open()
}
func main() {
	d := &door{}
	go keep(d) // @go
	go d.shut()
	time.Sleep(time.Hour) // @sleep
}
`;
    const waiter = "7 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.(*door).shut@lock by main.main@go in 1";
    expect(confinedGoroutines(source, [SLEEPING, waiter])).toEqual([7]);
    expect(
      confinedGoroutines(source, [SLEEPING, waiter, "8 [sleep] lib.pause < main.keep@held by main.main@go in 1"]),
    ).toEqual([]);
  });
});

describe("WaitGroups and Conds", () => {
  const LOAD = `
func main() {
	load() // @call
	time.Sleep(time.Hour) // @sleep
}
func load() {
	var wg sync.WaitGroup
	rows := make(chan int)
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() { // @go
			if i == 2 {
				return
			}
			work() // @work
			wg.Done()
		}()
	}
	go func() { // @gowait
		wg.Wait() // @wait
		close(rows)
	}()
	for range rows { // @range
	}
}
`;
  const waiter = "7 [sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < main.load.func2@wait by main.load@gowait in 1";
  const main = "1 [chan receive] main.load@range < main.main@call";

  test("wait for ever when nobody is left to be done", () => {
    expect(confinedGoroutines(LOAD, [main, waiter])).toEqual([1, 7]);
  });

  test("wait for those that work", () => {
    const worker = "9 [sleep] lib.work < main.load.func1@work by main.load@go in 1";
    expect(confinedGoroutines(LOAD, [main, waiter, worker])).toEqual([]);
  });

  test("count what errgroup and WaitGroup.Go start", () => {
    for (const made of [
      "var g errgroup.Group",
      "g, ctx := errgroup.WithContext(ctx); _ = ctx",
      "var g sync.WaitGroup",
    ]) {
      const source = `
func main() {
	${made}
	g.Go(work)
	g.Go(func() error {
		return pause() // @work
	})
	g.Wait() // @wait
}
func work() error { return nil }
`;
      const group = made.includes("errgroup") ? "golang.org/x/sync/errgroup.(*Group)" : "sync.(*WaitGroup)";
      const waiting = `1 [sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < ${group}.Wait < main.main@wait`;
      const worker = `9 [sleep] lib.pause < main.main.func1@work < ${group}.Go.func1 by ${group}.Go in 1`;
      expect(confinedGoroutines(source, [waiting, worker])).toEqual([]);
      expect(confinedGoroutines(source, [waiting])).toEqual([1]);
    }
  });

  test("a Cond waits for whoever signals", () => {
    const source = `
type queue struct {
	mu    sync.Mutex
	ready *sync.Cond
	items []int
}
func newQueue() *queue {
	q := &queue{}
	q.ready = sync.NewCond(&q.mu)
	return q
}
func (q *queue) get() {
	q.mu.Lock()
	for len(q.items) == 0 {
		q.ready.Wait() // @wait
	}
	q.mu.Unlock()
}
func (q *queue) put() {
	time.Sleep(1) // @tick
	q.mu.Lock()
	q.items = append(q.items, 1)
	q.ready.Signal()
	q.mu.Unlock()
}
func main() {
	q := newQueue()
	go q.get() // @go
	go q.put()
	time.Sleep(time.Hour) // @sleep
}
`;
    const getter = "7 [sync.Cond.Wait] sync.(*Cond).Wait < main.(*queue).get@wait by main.main@go in 1";
    expect(confinedGoroutines(source, [SLEEPING, getter])).toEqual([7]);
    expect(
      confinedGoroutines(source, [
        SLEEPING,
        getter,
        "8 [sleep] time.Sleep < main.(*queue).put@tick by main.main@go in 1",
      ]),
    ).toEqual([]);
  });
});

const SHOP = (made: string, take: string, release: string) => `
type shop struct { slots ${made.startsWith("make") ? "chan int" : "*semaphore.Weighted"} }
func (s *shop) serve(ok bool) {
	${take} // @take
	if !ok {
		return
	}
	lib.Do() // @held
	${release}
	lib.Rest() // @after
}
func main() {
	s := &shop{slots: ${made}}
	go s.serve(true) // @go
	for {
		time.Sleep(time.Hour) // @sleep
		go s.serve(false)
	}
}
`;

describe("slots", () => {
  test.each([
    ["a channel", "make(chan int, 2)", "s.slots <- 1", "<-s.slots", "chan send", ""],
    [
      "a semaphore",
      "semaphore.NewWeighted(2)",
      "s.slots.Acquire(context.Background(), 1)",
      "s.slots.Release(1)",
      "select",
      "golang.org/x/sync/semaphore.(*Weighted).Acquire < ",
    ],
  ])("of %s are given back by those that have one", (_, made, take, release, state, above) => {
    const source = SHOP(made, take, release);
    const waiter = `7 [${state}] ${above}main.(*shop).serve@take by main.main@go in 1`;
    const holder = "9 [sleep] lib.Do < main.(*shop).serve@held by main.main@go in 1";
    const past = "9 [sleep] lib.Rest < main.(*shop).serve@after by main.main@go in 1";
    expect(confinedGoroutines(source, [SLEEPING, waiter])).toEqual([7]);
    expect(confinedGoroutines(source, [SLEEPING, waiter, holder])).toEqual([]);
    expect(confinedGoroutines(source, [SLEEPING, waiter, past])).toEqual([7]);
  });

  test("may come from anybody where a function gives back what it has not taken", () => {
    const source = SHOP("make(chan int, 2)", "s.slots <- 1", "<-s.slots").replace("go s.serve(false)", "<-s.slots");
    expect(
      confinedGoroutines(source, [SLEEPING, "7 [chan send] main.(*shop).serve@take by main.main@go in 1"]),
    ).toEqual([]);
  });

  test("of a group that its own members wait for are never free", () => {
    const source = `
func main() {
	g := new(errgroup.Group)
	g.SetLimit(2)
	for {
		g.Go(func() error { // @outer
			lib.Do() // @work
			g.Go(func() error { return nil }) // @inner
			return nil
		})
	}
}
`;
    const group = "golang.org/x/sync/errgroup.(*Group).Go";
    const main = `1 [chan send] ${group} < main.main@outer`;
    const member = `7 [chan send] ${group} < main.main.func1@inner < ${group}.func1 by ${group} in 1`;
    const working = `8 [sleep] lib.Do < main.main.func1@work < ${group}.func1 by ${group} in 1`;
    expect(confinedGoroutines(source, [main, member])).toEqual([1, 7]);
    expect(confinedGoroutines(source, [main, member, working])).toEqual([]);
  });

  test("once.Do waits for whoever is in it", () => {
    const source = `
var once sync.Once
func load() { once.Do(read) } // @do
func read() {
	lib.Read() // @read
	load() // @again
}
func main() {
	go load() // @go
	time.Sleep(time.Hour) // @sleep
}
`;
    const waiter = "7 [sync.Mutex.Lock] sync.(*Mutex).Lock < sync.(*Once).doSlow < main.load@do by main.main@go in 1";
    const inside = "sync.(*Once).doSlow < main.load@do by main.main@go in 1";
    const reader = `8 [IO wait] lib.Read < main.read@read < ${inside}`;
    const again = `8 [sync.Mutex.Lock] sync.(*Mutex).Lock < sync.(*Once).doSlow < main.load@do < main.read@again < ${inside}`;
    expect(confinedGoroutines(source, [SLEEPING, waiter, reader])).toEqual([]);
    expect(confinedGoroutines(source, [SLEEPING, waiter, again])).toEqual([7, 8]);
  });
});

const SERVER = (give: string) => `
type server struct{ jobs chan int }
func (s *server) ServeHTTP(http.ResponseWriter, *http.Request) {}
func (s *server) Submit() { s.jobs <- 1 }
func main() {
	s := &server{jobs: make(chan int)}
	${give}
	go func() { // @go
		<-s.jobs // @wait
	}()
	time.Sleep(time.Hour) // @sleep
}
`;

describe("values that libraries have", () => {
  test("are used by the standard library through its interfaces only", () => {
    expect(waits(SERVER('http.Handle("/", s)'), "chan receive")).toEqual([7]);
    expect(waits(SERVER("fmt.Println(s)"), "chan receive")).toEqual([7]);
    expect(waits(SERVER("server := &http.Server{Handler: s}; _ = server"), "chan receive")).toEqual([7]);
  });

  test("may be used by other libraries, and by reflection, in any way", () => {
    expect(waits(SERVER("rpc.Register(s)"), "chan receive")).toEqual([]);
    expect(waits(SERVER("cron.Add(s)"), "chan receive")).toEqual([]);
  });
});

describe("several packages", () => {
  const MAIN = `package main
import ("example.com/app/async"; "time")
func main() {
	count()
	time.Sleep(time.Hour) // @sleep
}
func count() {
	f := async.Go(func() int { return 1 })
	USE
}
`;
  const ASYNC = `package async
type Future struct{ result chan int }
func Go(work func() int) *Future {
	f := &Future{result: make(chan int)}
	go func() { // @go
		f.result <- work() // @send
	}()
	return f
}
func (f *Future) Get() int {
	return <-f.result // @get
}
`;
  const futures = (use: string, isWhole: boolean, ...others: readonly string[]) =>
    confinedGoroutines(
      { "main.go": MAIN.replace("USE", use), "async/future.go": ASYNC },
      [SLEEPING, "7 [chan send] example.com/app/async.Go.func1@send by example.com/app/async.Go@go in 1", ...others],
      isWhole,
    );

  test("a result that nobody kept is not received", () => {
    expect(futures("_ = f", true)).toEqual([7]);
    expect(futures("kept = f; _ = kept.Get", true)).toEqual([7]);
  });

  test("a result that somebody waits for is", () => {
    const source = "go func() {\n\t\ttime.Sleep(1) // @tick\n\t\tf.Get()\n\t}()";
    const getter = "9 [sleep] time.Sleep < main.count.func2@tick by main.count@tick in 1";
    expect(futures(source, true, getter)).toEqual([]);
  });

  test("of which some are missing may use all that is exported", () => {
    expect(futures("_ = f", false)).toEqual([]);
  });
});

describe("helpers that many use", () => {
  const HELPERS = `
func run(f func()) {
	f() // @run
}
func send(c chan int) {
	c <- 1 // @send
}
func main() {
	a, b := make(chan int), make(chan int)
	go func() { // @goa
		send(a) // @senda
	}()
	go func() { // @gob
		time.Sleep(1) // @tick
		<-b
	}()
	go run(func() { // @gorun
		lib.Do() // @work
		<-b
	})
	time.Sleep(time.Hour) // @sleep
}
`;
  const sender = "7 [chan send] main.send@send < main.main.func1@senda by main.main@goa in 1";

  test("serve the value that they were given in this very call", () => {
    const other = "8 [sleep] time.Sleep < main.main.func2@tick by main.main@gob in 1";
    expect(confinedGoroutines(HELPERS, [SLEEPING, sender, other])).toEqual([7]);
  });

  test("do not call again what they are in", () => {
    const runner = "9 [sleep] lib.Do < main.main.func3@work < main.run@run by main.main@gorun in 1";
    expect(confinedGoroutines(HELPERS, [SLEEPING, sender, runner])).toEqual([7]);
  });
});

const receiver = (frame: string) => [SLEEPING, `7 [chan receive] ${frame}@inner by main.main@go in 1`];

test("of several literals around a line the name of the frame says which is meant", () => {
  const source = `
func main() {
	go func() { // @go
		func() {
			<-make(chan int) // @inner
		}()
	}()
	time.Sleep(1) // @sleep
}
`;
  expect(confinedGoroutines(source, receiver("main.main.func1.1"))).toEqual([7]);
  // As Go 1.27 writes literals of inlined functions.
  expect(confinedGoroutines(source, receiver("main.main.1.2"))).toEqual([7]);
  expect(confinedGoroutines(source, receiver("main.main.func1"))).toEqual([]);
});

const stages = (first: number, load: number) => [
  `${first} [chan send] main.read.func1@read by main.read@goread in ${load}`,
  `${first + 1} [chan send] main.clean.func1@clean by main.clean@goclean in ${load}`,
];

describe("a pipeline", () => {
  const PIPELINE = `
func read(n int) chan int {
	out := make(chan int)
	go func() { // @goread
		out <- n // @read
	}()
	return out
}
func clean(in chan int) chan int {
	out := make(chan int)
	go func() { // @goclean
		for v := range in {
			out <- v // @clean
		}
	}()
	return out
}
func load(n int) {
	for v := range clean(read(n)) { // @range
		time.Sleep(time.Duration(v)) // @slow
	}
}
func main() {
	go load(1) // @go
	go load(2)
	time.Sleep(time.Hour) // @sleep
}
`;

  test("is lost with the call that it was made for, and no other", () => {
    const alive = "5 [sleep] time.Sleep < main.load@slow by main.main@go in 1";
    expect(confinedGoroutines(PIPELINE, [SLEEPING, alive, ...stages(7, 5), ...stages(17, 6)])).toEqual([17, 18]);
  });

  test("whose call is not told may be any", () => {
    const old = [...stages(7, 5), ...stages(17, 6)].map((line) => line.replace(/ in \d+$/, ""));
    const alive = "5 [sleep] time.Sleep < main.load@slow by main.main@go";
    expect(confinedGoroutines(PIPELINE, [SLEEPING, alive, ...old])).toEqual([]);
  });
});

describe("a wait that code ends which may be called at any time", () => {
  const SERVED = `
type counter struct { once sync.Once; ids chan int }
var ids = &counter{ids: make(chan int)}
func (c *counter) next() int {
	c.once.Do(func() {
		go c.count() // @go
	})
	return <-c.ids
}
func (c *counter) count() {
	for i := 0; ; i++ {
		c.ids <- i // @wait
	}
}
func main() {
	USE
	time.Sleep(time.Hour) // @sleep
}
`;
  const COUNTER = "7 [chan send] main.(*counter).count@wait by main.(*counter).next.func1@go in 5";
  const open = (use: string) => openGoroutines(SERVED.replace("USE", use), [SLEEPING, COUNTER]);

  test("is no loss when a handler gets at what is waited for", () => {
    const handler =
      'http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, ids.next()) })';
    expect(open(handler)).toEqual([7]);
  });

  test("is not one that only the program's own goroutines end", () => {
    expect(open("go func() { fmt.Println(ids.next()) }()")).toEqual([]);
  });
});

describe("the one lock of a package's variable", () => {
  const HELD = `
var mu sync.Mutex
var cond = sync.NewCond(&mu)
var ch = make(chan int)
func run(quick bool) {
	TAKE // @lock
	BODY
	ch <- 1 // @send
	mu.Unlock()
}
func others() {
	mu.Lock() // @wait
	mu.Unlock()
}
func pause() {
	mu.Unlock()
	ch <- 2 // @paused
	mu.Lock()
}
func main() {
	go others() // @other
	go run(true) // @go
	time.Sleep(time.Hour) // @sleep
}
`;
  const WAITER = "5 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.others@wait by main.main@other in 1";
  const SENDER = "7 [chan send] main.run@send by main.main@go in 1";
  const holders = (take: string, body = "", goroutine = SENDER) =>
    provenHolders(HELD.replace("TAKE", take).replace("BODY", body), [SLEEPING, WAITER, goroutine]);

  test.each([
    ["it was taken further up", "mu.Lock()", ""],
    ["its deferred Unlock is yet to come", "mu.Lock()", "defer mu.Unlock()"],
  ])("is held where %s", (_, take, body) => {
    expect(holders(take, body)).toEqual(["7@lock"]);
  });

  test.each([
    ["it may have been given back on the way", "mu.Lock()", "if quick { mu.Unlock() }"],
    ["it was only tried", "mu.TryLock()", ""],
    ["it was taken on one of two ways", "if quick { mu.Lock() }", ""],
  ])("may be free where %s", (_, take, body) => {
    expect(holders(take, body)).toEqual([]);
  });

  test.each([
    [
      "gives it back for a while",
      "pause() // @call",
      "7 [chan send] main.pause@paused < main.run@call by main.main@go in 1",
    ],
    [
      "waits for a Cond",
      "cond.Wait() // @call",
      "7 [sync.Cond.Wait] sync.(*Cond).Wait < main.run@call by main.main@go in 1",
    ],
  ])("may be free while a call further in %s", (_, body, goroutine) => {
    expect(holders("mu.Lock()", body, goroutine)).toEqual([]);
  });

  test("is held all the while where a call further in wants it again", () => {
    const again = "7 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.others@wait < main.run@call by main.main@go in 1";
    expect(holders("mu.Lock()", "others() // @call", again)).toContain("7@lock");
  });

  test("may be free where a call further in has given it back in a round of its loop", () => {
    const source = HELD.replace("TAKE", "mu.Lock()")
      .replace("BODY", "others() // @call")
      .replace("mu.Lock() // @wait\n\tmu.Unlock()", "for {\n\t\tmu.Lock() // @wait\n\t\tmu.Unlock()\n\t}");
    const again = "7 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.others@wait < main.run@call by main.main@go in 1";
    expect(provenHolders(source, [SLEEPING, WAITER, again])).toEqual([]);
  });

  /** The lock is a field of an object that main makes. */
  const object = (made: string, more = "", open = "func open() *Store { return &Store{} }") =>
    `type Store struct { mu sync.Mutex }\nvar s *Store\n${open}\n${more}\n${HELD.replace("var mu sync.Mutex", "")
      .replace("TAKE", "mu.Lock()")
      .replace("BODY", "")
      .replace("(&mu)", "(&s.mu)")
      .replaceAll(/\bmu\./g, "s.mu.")
      .replace("func main() {", `func main() {\n\t${made}`)}`;

  test.each([
    ["by a literal", "s = &Store{}", ""],
    ["by a function", "s = open()", undefined],
  ])("is the one of an object that is made once %s", (_, made, open) => {
    expect(provenHolders(object(made, "", open), [SLEEPING, WAITER, SENDER])).toEqual(["7@lock"]);
  });

  test.each([
    ["in a loop", "for range 2 {\n\t\ts = &Store{}\n\t}"],
    ["in two places", "s = &Store{}\n\ts = open()"],
    ["for each request", 'http.HandleFunc("/", func(http.ResponseWriter, *http.Request) { s = open() })'],
    ["twice by one function", "s = open()\n\ts = open()"],
    ["as a value as well", "s = &Store{}\n\tvar other Store\n\tother.mu.Lock()"],
    ["by new, too", "s = open()\n\tother := new(Store)\n\tother.mu.Lock()"],
    ["by itself again", "s = again(1)"],
  ])("may be the one of another object that is made %s", (_, made) => {
    const more = "func again(n int) *Store {\n\tif n > 0 {\n\t\tagain(n - 1)\n\t}\n\treturn &Store{}\n}";
    expect(provenHolders(object(made, made.includes("again") ? more : ""), [SLEEPING, WAITER, SENDER])).toEqual([]);
  });

  test("is another one for each object or element", () => {
    const source = HELD.replace("var mu sync.Mutex", "var mus [2]sync.Mutex")
      .replace("TAKE", "mu.Lock()")
      .replace("BODY", "")
      .replace("(&mu)", "(&mus[0])")
      .replaceAll(/\bmu\./g, "mus[0].");
    expect(provenHolders(source, [SLEEPING, WAITER, SENDER])).toEqual([]);
  });
});

describe("a goroutine that has yet to begin", () => {
  const STARTED = `
func serve() {
	stop := make(chan bool)
	go drain(stop) // @go
	go func() { // @sender
		stop <- true // @send
	}()
}
func drain(c chan bool) { <-c }
func main() {
	serve() // @call
	time.Sleep(time.Hour) // @sleep
}
`;
  const SENDER = "7 [chan send] main.serve.func1@send by main.serve@sender in 5";

  test("may do all that its function does", () => {
    expect(confinedGoroutines(STARTED, [SLEEPING, SENDER])).toEqual([7]);
    const begins = "8 [runnable] main.serve.gowrap1@go by main.serve@go in 5";
    expect(confinedGoroutines(STARTED, [SLEEPING, SENDER, begins])).toEqual([]);
  });

  test("does nothing for those that another call has started", () => {
    const begins = "8 [runnable] main.main.gowrap1@sleep by main.main@sleep in 1";
    expect(confinedGoroutines(STARTED, [SLEEPING, SENDER, begins])).toEqual([7]);
  });

  test("proves nothing while a library has yet to call it", () => {
    const begins = "8 [runnable] sync.(*WaitGroup).Go.func1 by sync.(*WaitGroup).Go in 5";
    expect(confinedGoroutines(STARTED, [SLEEPING, SENDER, begins])).toBeUndefined();
  });
});

/** A service that gets a context which nothing cancels. */
const forever = (wait: string) => `
func run(ctx context.Context, ch chan int) {
	${wait}
}
func main() {
	go run(context.Background(), make(chan int)) // @go
	time.Sleep(time.Hour) // @sleep
}`;
const SERVICE = "7 [chan receive] main.run@wait by main.main@go in 1";

describe("a context that nothing cancels", () => {
  test("is waited for by who may live as long as the program", () => {
    expect(confinedGoroutines(forever("<-ctx.Done() // @wait"), [SLEEPING, SERVICE])).toEqual([]);
  });

  test("ends no other wait", () => {
    const both = "select { // @wait\n\tcase <-ch:\n\tcase <-ctx.Done():\n\t}";
    expect(confinedGoroutines(forever(both), [SLEEPING, SERVICE.replace("chan receive", "select")])).toEqual([7]);
  });
});
