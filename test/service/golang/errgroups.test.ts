import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

const MAIN = "1 [sleep] time.Sleep < main.main@main";
const GO = "golang.org/x/sync/errgroup.(*Group).Go";
const WAIT = "[sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < golang.org/x/sync/errgroup.(*Group).Wait";

/** `go` gives the group a function, as `work` or as something that has it. */
const waiting = (go: string) => `
type job struct{ f func() error }
func add(g *errgroup.Group, f func() error) { g.Go(f) }
type starter interface{ Go(func() error) }
func run(tasks []func() error) {
	var g errgroup.Group
	${go}
	g.Wait() // @wait
}
func work() error {
	time.Sleep(time.Second) // @work
	return nil
}
func main() {
	go run([]func() error{work}) // @go
	time.Sleep(time.Hour) // @main
}
`;

/** One function of a group gives rows to the other, which `ends`. */
const giving = (ends = "return nil", more = "") => `
func give(ctx context.Context, rows chan int) error {
	for {
		select { // @give
		case rows <- 1:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
func take(rows chan int) error {
	<-rows
	time.Sleep(time.Second) // @take
	${ends}
}
func run() error {
	g, ctx := errgroup.WithContext(context.Background())
	rows := make(chan int)
	g.Go(func() error { return give(ctx, rows) }) // @goGive
	g.Go(func() error { return take(rows) }) // @goTake
	${more}
	return g.Wait() // @wait
}
func main() {
	go run() // @go
	time.Sleep(time.Hour) // @main
}
`;

describe("who waits for an errgroup", () => {
  const WAITS = `7 ${WAIT} < main.run@wait by main.main@go in 1`;
  const WORKS = `8 [sleep] time.Sleep < main.work@work < ${GO}.func1 by ${GO} in 7`;

  test.each([
    "g.Go(work)",
    "f := work\n\tg.Go(f)",
    "g.Go(tasks[0])",
    "for _, task := range tasks {\n\t\tg.Go(task)\n\t}",
    "g.Go(job{work}.f)",
    "add(&g, work)",
    "g.TryGo(tasks[0])",
    "var s starter = &g\n\ts.Go(tasks[0])",
  ])("is helped by what the group runs: %s", (go) => {
    expect(confinedGoroutines(waiting(go), [MAIN, WAITS, WORKS])).toEqual([]);
  });

  test("is helped by what a WaitGroup runs", () => {
    const program = `
func run(tasks []func()) {
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(task)
	}
	wg.Wait() // @wait
}
func work() {
	time.Sleep(time.Second) // @work
}
func main() {
	go run([]func(){work}) // @go
	time.Sleep(time.Hour) // @main
}
`;
    const started = "sync.(*WaitGroup).Go";
    const waits = "7 [sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < main.run@wait by main.main@go in 1";
    const works = `8 [sleep] time.Sleep < main.work@work < ${started}.func1 by ${started} in 7`;
    expect(confinedGoroutines(program, [MAIN, waits, works])).toEqual([]);
    expect(confinedGoroutines(program, [MAIN, waits])).toEqual([7]);
  });

  test.each(["g.Go(work)", "g.Go(tasks[0])", "add(&g, work)"])("is lost when nothing of that is left: %s", (go) => {
    expect(confinedGoroutines(waiting(go), [MAIN, WAITS])).toEqual([7]);
  });

  test("is not known to be lost where the function is not of the program", () => {
    expect(confinedGoroutines(waiting("g.Go(lib.Task)"), [MAIN, WAITS])).toEqual([]);
  });
});

describe("the context of an errgroup", () => {
  const GIVES = `8 [select] main.give@give < main.run.func1@goGive < ${GO}.func1 by ${GO} in 7`;
  const TAKES = `9 [sleep] time.Sleep < main.take@take < main.run.func2@goTake < ${GO}.func1 by ${GO} in 7`;
  const WAITS = `7 ${WAIT} < main.run@wait by main.main@go in 1`;

  test("keeps nobody alive when all others have ended well", () => {
    expect(confinedGoroutines(giving(), [MAIN, WAITS, GIVES])).toEqual([7, 8]);
  });

  test("is cancelled by a function that fails", () => {
    expect(confinedGoroutines(giving("return io.EOF"), [MAIN, WAITS, GIVES, TAKES])).toEqual([]);
  });

  test("is cancelled by a function that fails where nobody waits for the group", () => {
    const left = giving("return io.EOF").replace("return g.Wait() // @wait", "return nil");
    expect(confinedGoroutines(left, [MAIN, GIVES, TAKES])).toEqual([]);
    expect(confinedGoroutines(left, [MAIN, GIVES])).toEqual([8]);
  });

  test("is known by the variable that it is assigned to", () => {
    const select = "select { // @inline\n\t\tcase rows <- 1:\n\t\tcase <-ctx.Done():\n\t\t}\n\t\treturn nil";
    const inline = giving().replace("return give(ctx, rows)", select);
    const gives = `8 [select] main.run.func1@inline < ${GO}.func1 by ${GO} in 7`;
    expect(confinedGoroutines(inline, [MAIN, WAITS, gives])).toEqual([7, 8]);
  });

  test("is cancelled by whoever has waited for the group", () => {
    const running = "7 [running] main.run@more by main.main@go in 1";
    expect(confinedGoroutines(giving("return nil", "work() // @more"), [MAIN, running, GIVES])).toEqual([]);
  });

  test("is cancelled with the one that it was made of", () => {
    const outer = giving()
      .replace("context.Background()", "ctx")
      .replace("func run()", "func run(ctx context.Context)")
      .replace("go run() // @go", "ctx, cancel := context.WithCancel(context.Background())\n\tgo run(ctx) // @go")
      .replace("// @main", "// @main\n\tcancel()");
    expect(confinedGoroutines(outer, [MAIN, WAITS, GIVES])).toEqual([]);
  });
});
