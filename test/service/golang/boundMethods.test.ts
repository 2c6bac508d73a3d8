import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

const SLEEPING = "1 [sleep] time.Sleep < main.main@sleep";
const waits = (state: string, call: string) => `7 [${state}] ${call} < main.main.func1@wait by main.main@go in 1`;
const GROUP = waits("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait");
const CONDITION = waits("sync.Cond.Wait", "sync.(*Cond).Wait");
const MUTEX = waits("sync.Mutex.Lock", "sync.(*Mutex).Lock");

/** A goroutine waits, and main has done something before that and will do something behind its sleep. */
const program = (wait: string, before: string, behind: string, declared = "") => `
${declared}
func main() {
	${before}
	go func() {
		${wait} // @wait
	}() // @go
	time.Sleep(time.Hour) // @sleep
	${behind}
}
`;

const WORKER = "func work(done func()) { done() }";
const COND = "var mu sync.Mutex; c := sync.NewCond(&mu)";
const EMBEDDED = "type box struct{ sync.Mutex }";

describe("a method of a lock or the like as a value", () => {
  test.each([
    ["a variable", GROUP, program("wg.Wait()", "var wg sync.WaitGroup; wg.Add(1); done := wg.Done", "done()")],
    ["a timer", GROUP, program("wg.Wait()", "var wg sync.WaitGroup; wg.Add(1); time.AfterFunc(9, wg.Done)", "")],
    ["an argument", GROUP, program("wg.Wait()", "var wg sync.WaitGroup; wg.Add(1)", "work(wg.Done)", WORKER)],
    ["a Cond's timer", CONDITION, program("c.Wait()", `${COND}; time.AfterFunc(9, c.Broadcast)`, "")],
    ["a Cond's variable", CONDITION, program("c.Wait()", `${COND}; wake := c.Signal`, "wake()")],
    ["a lock's timer", MUTEX, program("mu.Lock()", "var mu sync.Mutex; mu.Lock(); time.AfterFunc(9, mu.Unlock)", "")],
    ["an embedded lock", MUTEX, program("x.Lock()", "x := &box{}; x.Lock(); end := x.Unlock", "end()", EMBEDDED)],
    [
      "a reader's Locker",
      MUTEX,
      program("mu.Lock()", "var mu sync.RWMutex; l := mu.RLocker(); l.Lock()", "l.Unlock()"),
    ],
  ])("may be called by way of %s", (_, waiter, source) => {
    expect(confinedGoroutines(source, [SLEEPING, waiter])).toEqual([]);
  });

  test.each([
    ["a variable", GROUP, program("wg.Wait()", "var wg sync.WaitGroup; wg.Add(1); done := wg.Done", "_ = done")],
    ["a worker that has ended", GROUP, program("wg.Wait()", "var wg sync.WaitGroup; go work(wg.Done)", "", WORKER)],
    ["a Cond's variable", CONDITION, program("c.Wait()", `${COND}; wake := c.Signal; wake()`, "")],
  ])("that nobody calls any more helps nobody: %s", (_, waiter, source) => {
    expect(confinedGoroutines(source, [SLEEPING, waiter])).toEqual([7]);
  });
});

const other = (at: string) => `8 [sleep] time.Sleep < main.(*shelf).${at} by main.main@go in 1`;

describe("a function that locks and gives its caller the unlock", () => {
  const source = `
type shelf struct{ mu sync.Mutex }
func (s *shelf) lock() func() {
	s.mu.Lock() // @lock
	return s.mu.Unlock
}
func (s *shelf) count() {
	before() // @before
	defer s.lock()() // @call
	inside() // @inside
}
func (s *shelf) forget() {
	s.lock()
	later() // @later
}
func main() {
	s := &shelf{}
	for {
		time.Sleep(time.Hour) // @sleep
		go s.count() // @go
	}
}
`;
  const waiter =
    "7 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.(*shelf).lock@lock < main.(*shelf).count@call by main.main@go in 1";

  test("leaves it locked when no caller is behind the call", () => {
    expect(confinedGoroutines(source, [SLEEPING, waiter])).toEqual([7]);
    expect(confinedGoroutines(source, [SLEEPING, waiter, other("count@before")])).toEqual([7]);
  });

  test("has it unlocked by a caller that is behind the call", () => {
    expect(confinedGoroutines(source, [SLEEPING, waiter, other("count@inside")])).toEqual([]);
    expect(confinedGoroutines(source, [SLEEPING, waiter, other("forget@later")])).toEqual([]);
  });

  test("may have it unlocked by anybody whom the caller gives the unlock", () => {
    const kept = source.replace("	s.lock()\n", "	kept = s.lock()\n") + "var kept func()\nfunc end() { kept() }\n";
    expect(
      confinedGoroutines(`${kept}\nfunc use() {\n\tidle() // @idle\n\tend()\n}`, [
        SLEEPING,
        waiter,
        "8 [sleep] time.Sleep < main.use@idle by main.main@go in 1",
      ]),
    ).toEqual([]);
  });
});

describe("a method that a group runs for its object", () => {
  const source = `
type job struct{ pages chan int }
func (j *job) produce() error {
	j.pages <- 1 // @send
	return nil
}
func (j *job) consume() error {
	<-j.pages // @receive
	return nil
}
func (j *job) run() error {
	group, _ := errgroup.WithContext(context.Background())
	group.Go(j.produce)
	group.Go(j.consume) // @go
	return group.Wait() // @wait
}
func handle(w http.ResponseWriter, r *http.Request) {
	j := &job{make(chan int)}
	j.run() // @call
}
func main() {
	http.HandleFunc("/", handle)
	time.Sleep(time.Hour) // @sleep
}
`;
  const GO = "golang.org/x/sync/errgroup.(*Group).Go";
  const producer = `7 [chan send] main.(*job).produce@send < ${GO}.func1 by ${GO} in 5`;
  const waiting = "[sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < golang.org/x/sync/errgroup.(*Group).Wait";
  const group = `5 ${waiting} < main.(*job).run@wait < main.handle@call by net/http.(*Server).Serve in 1`;

  test("is lost with those who wait for it, whatever other calls of the handler may come", () => {
    expect(confinedGoroutines(source, [SLEEPING, producer, group])).toEqual([7, 5]);
  });

  test("may still be helped by the other one", () => {
    const consumer = `8 [running] main.(*job).consume@receive < ${GO}.func1 by ${GO} in 5`;

    expect(confinedGoroutines(source, [SLEEPING, producer, group, consumer])).toEqual([]);
  });

  test("may still be helped by one that is about to be started", () => {
    const starting = "5 [running] main.(*job).run@go < main.handle@call by net/http.(*Server).Serve in 1";

    expect(confinedGoroutines(source, [SLEEPING, producer, starting])).toEqual([]);
  });

  test("may be helped by whoever keeps the object", () => {
    const kept = source.replace("j.run() // @call", "go func() { time.Sleep(9); <-j.pages }() // @call");
    const keeper = "8 [sleep] time.Sleep < main.handle.func1@call by main.handle@call in 5";

    expect(confinedGoroutines(kept, [SLEEPING, producer, keeper])).toEqual([]);
  });
});

describe("a lock that a function takes by a method value it is given", () => {
  const LOCKING = `
type pair struct{ a, b sync.Mutex }
func with(take func()) { take() }
func (p *pair) first() {
	with(p.a.Lock)
	time.Sleep(1) // @held
	p.a.Unlock()
}
func (p *pair) second() {
	time.Sleep(1) // @before
	with(p.b.Lock)
	p.a.Unlock()
	p.b.Unlock()
}
func (p *pair) third() {
	p.a.Lock() // @wait
	p.a.Unlock()
}
func main() {
	p := &pair{}
	go p.first() // @goFirst
	go p.second() // @goSecond
	go p.third() // @goThird
	time.Sleep(time.Hour) // @main
}
`;
  const MAIN = "1 [sleep] time.Sleep < main.main@main";
  const WAITS = "7 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.(*pair).third@wait by main.main@goThird in 1";

  test("is not taken by those that give it another one's: they may release it for others", () => {
    const second = "8 [sleep] time.Sleep < main.(*pair).second@before by main.main@goSecond in 1";
    expect(confinedGoroutines(LOCKING, [MAIN, WAITS, second])).toEqual([]);
  });

  test("is lost when nobody is left who releases it", () => {
    expect(confinedGoroutines(LOCKING, [MAIN, WAITS])).toEqual([7]);
  });
});
