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
