import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** A pool whose workers run handlers; one of these shuts the pool down. */
const pool = (worker: string, shutdown = "s.running.Wait() // @wait") => `
type Server struct {
	running  sync.WaitGroup
	next     *Server
	requests chan string
	handlers map[string]func(*Server)
}
func New() *Server {
	s := &Server{requests: make(chan string), handlers: map[string]func(*Server){}}
	s.handlers["stop"] = func(s *Server) {
		s.Shutdown() // @stop
	}
	return s
}
func (s *Server) Shutdown() {
	${shutdown}
}
func (s *Server) start() {
	s.running.Add(1)
	go s.worker() // @go
}
func (s *Server) worker() {
${worker}
}
func main() {
	s := New()
	s.start()
	s.start()
	for {
		s.requests <- "echo" // @send
		s.start()
	}
}
`;

const HANDLES = `
	for r := range s.requests {
		s.handlers[r](s) // @handle
	}`;
const WAIT = "7 [sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < main.(*Server).Shutdown@wait";
const OF_WORKER = "main.(*Server).worker@handle by main.(*Server).start@go in 1";
const STOPS = `${WAIT} < main.New.func1@stop < ${OF_WORKER}`;
const BUSY = `8 [sleep] time.Sleep < ${OF_WORKER}`;
const MAIN = "1 [sleep] main.main@send";

describe("who waits for a WaitGroup that its own call counts down", () => {
  test("waits for itself, whoever else goes on", () => {
    expect(confinedGoroutines(pool(`defer s.running.Done()${HANDLES}`), [MAIN, BUSY, STOPS])).toEqual([7]);
  });

  test("waits for itself where a deferred function counts down", () => {
    const worker = `
	defer func() {
		fmt.Println("over")
		s.running.Done()
	}()${HANDLES}`;

    expect(confinedGoroutines(pool(worker), [MAIN, BUSY, STOPS])).toEqual([7]);
  });

  test("waits for itself in what a group of errors has started", () => {
    const group = `
func main() {
	var g errgroup.Group
	g.Go(func() error {
		return g.Wait() // @wait
	})
	for {
		g.Go(func() error { time.Sleep(1); return nil }) // @more
	}
}`;
    const waits =
      "7 [sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < golang.org/x/sync/errgroup.(*Group).Wait < main.main.func1@wait < golang.org/x/sync/errgroup.(*Group).Go.func1 by golang.org/x/sync/errgroup.(*Group).Go in 1";

    expect(confinedGoroutines(group, ["1 [runnable] main.main@more", waits])).toEqual([7]);
  });
});

describe("who waits for a WaitGroup may be helped all the same", () => {
  test.each([
    [
      "where its call counts down under a condition",
      `defer func() { if s.requests != nil { s.running.Done() } }()${HANDLES}`,
    ],
    ["where its call counts down only at its end", `${HANDLES}\n\ts.running.Done()`],
    ["where its call adds to it behind the wait", `defer s.running.Done()${HANDLES}\n\ts.running.Add(1)`],
  ])("%s", (_, worker) => {
    expect(confinedGoroutines(pool(worker), [MAIN, BUSY, STOPS])).toEqual([]);
  });

  test("where its call has counted down before, and another one has yet to", () => {
    const worker = `time.Sleep(1) // @early\n\ts.running.Done()${HANDLES}`;
    const early = "8 [sleep] time.Sleep < main.(*Server).worker@early by main.(*Server).start@go in 1";

    expect(confinedGoroutines(pool(worker), [MAIN, early, STOPS])).toEqual([]);
  });

  test("where another goroutine waits", () => {
    const apart = `${WAIT} < main.New.func1@stop by main.(*Server).start@go in 1`;

    expect(confinedGoroutines(pool(`defer s.running.Done()${HANDLES}`), [MAIN, BUSY, apart])).toEqual([]);
  });

  test("where it is the WaitGroup of another value", () => {
    const other = pool(`defer s.running.Done()${HANDLES}`).replace(
      "s.Shutdown() // @stop",
      "other.Shutdown() // @stop",
    );
    const source = `${other}\nvar other = New()\n`;

    expect(confinedGoroutines(source, [MAIN, BUSY, STOPS])).toEqual([]);
  });

  test("where the value that has it may be another one meanwhile", () => {
    const shutdown = "s = s.next\n\ts.running.Wait() // @wait";

    expect(confinedGoroutines(pool(`defer s.running.Done()${HANDLES}`, shutdown), [MAIN, BUSY, STOPS])).toEqual([]);
  });
});
