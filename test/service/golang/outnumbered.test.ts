import { describe, expect, test } from "vitest";
import { foundWith, outnumbered } from "../../support/confinedGoroutines.ts";

/** So many goroutines of one stack, without who started them: as a profile has them. */
function many(count: number, stack: string, first = 100): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${first + index} ${stack}`);
}

/** A program whose function `ask` does that, and main calls it. */
function asking(ask: string, rest = ""): string {
  return `
func ask() {
${ask}
}
func main() {
	ask() // @call
}
func work() int { return 0 }
${rest}
`;
}

describe("goroutines that each send on a channel of their own", () => {
  const STAGES = `
func read(rows []string) <-chan string {
	out := make(chan string)
	go func() { // @goRead
		defer close(out)
		for _, row := range rows {
			out <- row // @read
		}
	}()
	return out
}
func clean(in <-chan string) <-chan string {
	out := make(chan string)
	go func() { // @goClean
		defer close(out)
		for row := range in {
			out <- row // @clean
		}
	}()
	return out
}
func load(rows []string) {
	for range clean(read(rows)) {
		time.Sleep(time.Second) // @load
	}
}
func main() {
	for {
		load(nil) // @call
		time.Sleep(time.Hour) // @later
	}
}
`;
  const READ = "[chan send] main.read.func1@read";
  const CLEAN = "[chan send] main.clean.func1@clean";
  const LOAD = "[sleep] time.Sleep < main.load@load < main.main@call";
  const LATER = "[sleep] time.Sleep < main.main@later";

  test("are lost where fewer calls are left that receive", () => {
    const goroutines = [...many(5, READ), ...many(5, CLEAN, 200), ...many(3, LOAD, 300), ...many(2, LATER, 400)];

    expect(outnumbered(STAGES, goroutines)).toEqual(["read: 2 of 5", "clean: 2 of 5"]);
  });

  test("are suspects where the dump tells them apart: some that are named are well", () => {
    const main = "1 [sleep] time.Sleep < main.main@later";
    const taker =
      "90 [running] runtime/pprof.writeGoroutineStacks < net/http/pprof.Index < net/http.(*conn).serve by net/http.(*Server).Serve in 1";
    const goroutines = [...many(5, READ), ...many(5, CLEAN, 200), ...many(3, LOAD, 300), main, taker];

    expect(foundWith(STAGES, goroutines)).toEqual([
      "suspect leak/outnumbered/send 5",
      "suspect leak/outnumbered/send 5",
    ]);
  });

  test("are well where each has its call", () => {
    expect(outnumbered(STAGES, [...many(5, READ), ...many(5, CLEAN, 200), ...many(5, LOAD, 300)])).toEqual([]);
  });

  test("are all lost where none is left", () => {
    expect(outnumbered(STAGES, [...many(2, READ), ...many(2, CLEAN, 200), ...many(2, LATER, 400)])).toEqual([
      "read: 2 of 2",
      "clean: 2 of 2",
    ]);
  });
});

describe("those who wait are not counted against those who help", () => {
  const SENDER = "[chan send] main.ask.func1@send";
  const CALLER = "[sleep] time.Sleep < main.ask@wait < main.main@call";
  test("where several send on one channel", () => {
    const source = asking(`
	results := make(chan int)
	for i := 0; i < 3; i++ {
		go func() { results <- work() }() // @send
	}
	select {
	case <-results: // @wait
	}`);

    expect(
      outnumbered(source, [...many(5, SENDER), ...many(2, CALLER.replace("select", "chan receive"), 200)]),
    ).toEqual([]);
  });

  test("where a call may go through many channels", () => {
    const source = asking(`
	all := make([]chan int, 0)
	for i := 0; i < 3; i++ {
		one := make(chan int)
		all = append(all, one)
		go func() { one <- work() }() // @send
	}
	for _, one := range all {
		<-one
		time.Sleep(1) // @wait
	}`);

    expect(outnumbered(source, [...many(5, SENDER), ...many(2, CALLER, 200)])).toEqual([]);
  });

  test("where a variable is given in each round what was made in the one before", () => {
    const source = asking(
      `
	var next chan int
	for {
		current := next
		next = start()
		time.Sleep(1) // @wait
		<-current
	}`,
      `
func start() chan int {
	out := make(chan int)
	go func() { out <- work() }() // @send
	return out
}`,
    );

    const goroutines = [...many(4, SENDER.replace("ask", "start")), ...many(2, CALLER, 200)];
    expect(outnumbered(source, goroutines)).toEqual([]);
  });

  test("where a variable is given channels that exist already", () => {
    const source = asking(
      `
	one, two := start(), start()
	next := one
	for {
		<-next
		next = two
		time.Sleep(1) // @wait
	}`,
      `
func start() chan int {
	out := make(chan int)
	go func() { out <- work() }() // @send
	return out
}`,
    );

    const goroutines = [...many(5, SENDER.replace("ask", "start")), ...many(2, CALLER, 200)];
    expect(outnumbered(source, goroutines)).toEqual([]);
  });
});

describe("a goroutine counts for one", () => {
  test("for each of the channels that its call has", () => {
    const source = `
func start() chan int {
	out := make(chan int)
	go func() { out <- 1 }() // @send
	return out
}
func main() {
	a, b := start(), start()
	time.Sleep(1) // @wait
	<-a
	<-b
}
`;
    const goroutines = [...many(5, "[chan send] main.start.func1@send"), "1 [sleep] time.Sleep < main.main@wait"];

    expect(outnumbered(source, goroutines)).toEqual(["send: 3 of 5"]);
  });

  test("whether or not it has handed the channel on to a call further in", () => {
    const source = `
func start() chan int {
	out := make(chan int)
	go func() { out <- 1 }() // @send
	return out
}
func drain(from chan int) {
	time.Sleep(1) // @drain
	<-from
}
func main() {
	a := start()
	drain(a) // @call
	<-a
}
`;
    const main = "1 [sleep] time.Sleep < main.drain@drain < main.main@call";

    expect(outnumbered(source, [...many(5, "[chan send] main.start.func1@send"), main])).toEqual(["send: 4 of 5"]);
  });

  test("with a channel in a struct of its own", () => {
    const source = `
type stream struct{ out chan int }
func (s *stream) run() {
	s.out <- 1 // @send
}
func open() *stream {
	s := &stream{out: make(chan int)}
	go s.run() // @go
	return s
}
func main() {
	s := open()
	time.Sleep(1) // @wait
	<-s.out
}
`;
    const goroutines = [...many(3, "[chan send] main.(*stream).run@send"), "1 [sleep] time.Sleep < main.main@wait"];

    expect(outnumbered(source, goroutines)).toEqual(["send: 2 of 3"]);
  });

  test("for each call of a function that calls itself", () => {
    const source = `
func walk(depth int, from chan int) {
	own := make(chan int)
	go send(own) // @go
	if depth > 0 {
		walk(depth-1, own) // @inner
	} else {
		time.Sleep(1) // @wait
	}
	<-from
}
func send(to chan int) {
	to <- 1 // @send
}
func main() {
	first := make(chan int)
	walk(2, first) // @call
}
`;
    const main = "1 [sleep] time.Sleep < main.walk@wait < main.walk@inner < main.walk@inner < main.main@call";

    expect(outnumbered(source, [...many(4, "[chan send] main.send@send"), main])).toEqual(["send: 1 of 4"]);
  });
});

const starting = (head: string, within: string, behind = "") => `
func drain(c chan int) {
	for range c {
		lib.Do() // @drain
	}
}
func start() {
	${head}
		${within}
		go func() { // @go
			c <- 1 // @send
		}()
	${behind}
}
func main() {
	start()
	time.Sleep(time.Hour) // @sleep
}
`;

describe("goroutines that a loop starts", () => {
  const goroutines = [
    "1 [sleep] time.Sleep < main.main@sleep",
    "2 [sleep] lib.Do < main.drain@drain by main.start@go",
    ...many(5, "[chan send] main.start.func1@send by main.start@go"),
  ];

  test("have a channel each where the loop makes one in each round", () => {
    const source = starting("for range 5 {", "c := make(chan int)\n\t\tgo drain(c)", "}");
    expect(outnumbered(source, goroutines)).toEqual(["send: 4 of 5"]);
  });

  test.each([
    ["in its head", "for c, i := make(chan int), 0; i < 5; i++ {", "if i == 0 {\n\t\t\tgo drain(c)\n\t\t}", "}"],
    [
      "in front of a label",
      "c, n := make(chan int), 0\n\tgo drain(c)\nagain:",
      "n++",
      "if n < 5 {\n\t\tgoto again\n\t}",
    ],
  ])("share the one that is made %s", (_, head, within, behind) => {
    expect(outnumbered(starting(head, within, behind), goroutines)).toEqual([]);
  });
});

const feeding = (given: string) => `
type worker struct{ ch chan int }
func wait(ch chan int) {
	<-ch // @wait
}
func feed(all []chan int) {
	for _, ch := range all {
		w := &worker{ch: ${given}}
		lib.Do() // @feed
		w.ch <- 1
		_ = ch
	}
}
func main() {
	var all []chan int
	for range 5 {
		ch := make(chan int)
		all = append(all, ch)
		go wait(ch) // @go
	}
	feed(all) // @call
}
`;

test("who hands what exists already to a new object in each round may come to all of it", () => {
  const goroutines = [
    "1 [sleep] lib.Do < main.feed@feed < main.main@call",
    ...many(5, "[chan receive] main.wait@wait by main.main@go"),
  ];
  expect(outnumbered(feeding("ch"), goroutines)).toEqual([]);
  expect(outnumbered(feeding("make(chan int)"), goroutines)).toEqual(["wait: 5 of 5"]);
});
