import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** What a goroutine waits for, and how main may end that when it goes on: what is declared for it, and what it does. */
interface Kind {
  readonly kind: string;
  readonly made: string;
  readonly given: string;
  readonly type: string;
  readonly wait: string;
  readonly state: string;
  readonly ways: readonly (readonly [declared: string, behind: string])[];
}

const KINDS: readonly Kind[] = [
  {
    kind: "a WaitGroup",
    made: "x := &sync.WaitGroup{}\n\tx.Add(1)",
    given: "x",
    type: "*sync.WaitGroup",
    wait: "x.Wait() // @wait",
    state: "[sync.WaitGroup.Wait] sync.(*WaitGroup).Wait",
    ways: [
      ["", "x.Done()"],
      ["", "x.Add(-1)"],
      ["", "n := -1; x.Add(n)"],
      ["", "f := x.Done; f()"],
      ["", "time.AfterFunc(1, x.Done)"],
      ["", "context.AfterFunc(context.Background(), x.Done)"],
      ["", "go x.Done()"],
      ["", "func() { defer x.Done() }()"],
      ["", "sync.OnceFunc(x.Done)()"],
      ["", "x.Go(func() {})"],
      ["", 'm := map[string]func(){"a": x.Done}; m["a"]()'],
      ["", "c := make(chan func(), 1); c <- x.Done; (<-c)()"],
      ["", "var a any = x; a.(*sync.WaitGroup).Done()"],
      ["", "var a any = x; a.(interface{ Done() }).Done()"],
      ["", "(*sync.WaitGroup).Done(x)"],
      ["", "f := (*sync.WaitGroup).Done; f(x)"],
      ["", "l := []interface{ Done() }{x}; for _, one := range l { one.Done() }"],
      ["", 'http.HandleFunc("/", func(http.ResponseWriter, *http.Request) { x.Done() })'],
      ["type d interface{ Done() }\nfunc f(x d) { x.Done() }", "f(x)"],
      ["func f[T interface{ Done() }](t T) { t.Done() }", "f(x)"],
      ["func wrap(f func()) func() { return func() { f() } }", "wrap(x.Done)()"],
      ["type s struct{ *sync.WaitGroup }", "(&s{x}).Done()"],
      ["type s struct{ wg *sync.WaitGroup }\nfunc (a *s) end() { a.wg.Done() }", "a := &s{x}; a.end()"],
    ],
  },
  {
    kind: "a Cond",
    made: "x := sync.NewCond(&sync.Mutex{})",
    given: "x",
    type: "*sync.Cond",
    wait: "x.L.Lock()\n\tx.Wait() // @wait",
    state: "[sync.Cond.Wait] sync.(*Cond).Wait",
    ways: [
      ["", "x.Signal()"],
      ["", "x.Broadcast()"],
      ["", "defer x.Broadcast()"],
      ["", "f := x.Broadcast; f()"],
      ["", "time.AfterFunc(1, x.Signal)"],
      ["", "(*sync.Cond).Signal(x)"],
      ["type d interface{ Broadcast() }\nfunc f(x d) { x.Broadcast() }", "f(x)"],
      ["type s struct{ *sync.Cond }", "(&s{x}).Signal()"],
      ["type s struct{ c *sync.Cond }\nfunc (a s) end() { a.c.Signal() }", "s{x}.end()"],
    ],
  },
  {
    kind: "a semaphore",
    made: "x := semaphore.NewWeighted(1)\n\tx.TryAcquire(1)",
    given: "x",
    type: "*semaphore.Weighted",
    wait: "x.Acquire(context.Background(), 1) // @wait",
    state: "[select] golang.org/x/sync/semaphore.(*Weighted).Acquire",
    ways: [
      ["", "x.Release(1)"],
      ["", "go x.Release(1)"],
      ["", "defer x.Release(1)"],
      ["", "f := x.Release; f(1)"],
      ["", "time.AfterFunc(1, func() { x.Release(1) })"],
      ["", "(*semaphore.Weighted).Release(x, 1)"],
      ["type d interface{ Release(int64) }\nfunc f(x d) { x.Release(1) }", "f(x)"],
      ["type s struct{ *semaphore.Weighted }", "(&s{x}).Release(1)"],
    ],
  },
  {
    kind: "a lock",
    made: "x := &sync.Mutex{}\n\tx.Lock()",
    given: "x",
    type: "*sync.Mutex",
    wait: "x.Lock() // @wait",
    state: "[sync.Mutex.Lock] sync.(*Mutex).Lock",
    ways: [
      ["", "x.Unlock()"],
      ["", "go x.Unlock()"],
      ["", "defer x.Unlock()"],
      ["", "f := x.Unlock; f()"],
      ["", "time.AfterFunc(1, x.Unlock)"],
      ["", "(*sync.Mutex).Unlock(x)"],
      ["", "c := sync.NewCond(x); c.L.Unlock()"],
      ["", "c := sync.NewCond(x); c.Wait()"],
      ["", "c := &sync.Cond{L: x}; c.Wait()"],
      ["func f(x sync.Locker) { x.Unlock() }", "f(x)"],
      ["type s struct{ *sync.Mutex }", "(&s{x}).Unlock()"],
    ],
  },
];

/** Ids of those that are lost when main, which sleeps, does something behind that. */
function lost({ made, given, type, wait, state }: Kind, declared: string, behind: string) {
  const program = `
${declared}
func wait(x ${type}) {
	${wait}
}
func main() {
	${made}
	go wait(${given}) // @go
	time.Sleep(time.Hour) // @main
	${behind}
}
`;
  const waiting = `7 ${state} < main.wait@wait by main.main@go in 1`;
  return confinedGoroutines(program, ["1 [sleep] time.Sleep < main.main@main", waiting]);
}

describe.each(KINDS)("a wait for $kind", (kind) => {
  test.each(kind.ways)("may be ended by %s %s", (declared, behind) => {
    expect(lost(kind, declared, behind)).toEqual([]);
  });

  test("is hopeless when nobody does anything", () => {
    expect(lost(kind, "", "")).toEqual([7]);
  });
});

test("a worker that keeps its lock but for its waits on a Cond may let others have it", () => {
  const program = `
type queue struct {
	mu    sync.Mutex
	more  *sync.Cond
	items []int
}
func (q *queue) run() {
	q.mu.Lock()
	for {
		for len(q.items) == 0 {
			q.more.Wait()
		}
		q.items = nil
		time.Sleep(time.Second) // @work
	}
}
func (q *queue) put() {
	q.mu.Lock() // @put
	q.items = append(q.items, 1)
	q.more.Signal()
	q.mu.Unlock()
}
func main() {
	q := &queue{}
	q.more = sync.NewCond(&q.mu)
	go q.run() // @goRun
	for {
		q.put() // @main
	}
}
`;
  const main = "1 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.(*queue).put@put < main.main@main";
  const works = "7 [sleep] time.Sleep < main.(*queue).run@work by main.main@goRun in 1";
  expect(confinedGoroutines(program, [main, works])).toEqual([]);
  expect(confinedGoroutines(program, [main])).toEqual([1]);
});
