import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

const SLEEPING = "1 [sleep] time.Sleep < main.main@sleep";

interface Actor {
  /** Statements of the loop, around the receive. */
  readonly loop?: string;
  readonly start?: string;
  readonly more?: string;
}

/** Objects that each own a channel and a goroutine that receives from it; anybody may submit. */
const program = ({
  loop = "for o := range e.orders { // @loop\n\t\tmatch(o) // @busy\n\t}",
  start = "e := &Engine{orders: make(chan int)}",
  more = "",
}: Actor = {}) => `
type Engine struct{ orders chan int }

func Start() *Engine {
	${start}
	go e.run() // @go
	return e
}
func (e *Engine) run() {
	${loop}
}
func (e *Engine) Submit(o int) {
	e.orders <- o // @send
}
${more}
func match(o int) {}

var engines []*Engine

func main() {
	engines = []*Engine{Start(), Start()} // @start
	http.HandleFunc("/", func(http.ResponseWriter, *http.Request) {
		engines[1].Submit(7) // @serve
	})
	time.Sleep(time.Hour) // @sleep
}
`;

const SENDER = "7 [chan send] main.(*Engine).Submit@send < main.main.func1@serve";
const LOOP = "9 [chan receive] main.(*Engine).run@loop by main.Start@go in 1";

describe("who sends on the channel of an object whose goroutine has ended", () => {
  test("waits for ever while the goroutines of others idle, each on its own channel", () => {
    expect(confinedGoroutines(program(), [SLEEPING, SENDER, LOOP])).toEqual([7]);
  });

  test("may be served by one that works", () => {
    const busy = "9 [running] main.(*Engine).run@busy by main.Start@go in 1";
    expect(confinedGoroutines(program(), [SLEEPING, SENDER, busy])).toEqual([]);
  });

  test("waits for ever as well beside one in a select over its own channels", () => {
    const loop =
      "for {\n\t\tselect { // @loop\n\t\tcase o := <-e.orders:\n\t\t\tmatch(o)\n\t\tcase <-tick():\n\t\t}\n\t}";
    const more = "func tick() <-chan time.Time { return time.After(time.Second) }";
    const idle = LOOP.replace("chan receive", "select");
    expect(confinedGoroutines(program({ loop, more }), [SLEEPING, SENDER, idle])).toEqual([7]);
  });
});

describe("a goroutine that idles in a receive may get at another channel", () => {
  test.each<[string, Actor]>([
    ["by an assignment to its variable", { loop: "for {\n\t\t<-e.orders // @loop\n\t\te = engines[1]\n\t}" }],
    [
      "by a variable of a loop",
      { loop: "for _, one := range engines {\n\t\tch := one.orders\n\t\t<-ch // @loop\n\t}" },
    ],
    ["by an assignment to the field", { more: "func (e *Engine) take(from *Engine) { e.orders = from.orders }" }],
    [
      "by an assignment to the whole struct",
      { more: "func (e *Engine) take(from *Engine) { *e = *from }\nfunc init() { engines[0].take(engines[1]) }" },
    ],
    ["through another object", { loop: "for {\n\t\t<-e.orders // @loop\n\t\t<-engines[1].orders\n\t}" }],
    [
      "by a call",
      { loop: "for {\n\t\t<-e.orders // @loop\n\t\tsteal()\n\t}", more: "func steal() { <-engines[1].orders }" },
    ],
    ["when the field was set late", { start: "e := &Engine{}\n\te.orders = make(chan int)" }],
  ])("%s", (_, actor) => {
    expect(confinedGoroutines(program(actor), [SLEEPING, SENDER, LOOP])).toEqual([]);
  });
});

test("a literal that ranges over the channel it was made for serves nobody else", () => {
  const source = `
var handlers = map[string]chan int{}

func handle(name string) {
	messages := make(chan int)
	handlers[name] = messages
	go func() { // @go
		for m := range messages { // @loop
			match(m)
		}
	}()
}
func match(o int) {}
func main() {
	handle("a") // @handle
	http.HandleFunc("/", func(http.ResponseWriter, *http.Request) {
		for _, messages := range handlers {
			messages <- 1 // @send
		}
	})
	time.Sleep(time.Hour) // @sleep
}
`;
  const sender = "7 [chan send] main.main.func1@send";
  const idle = "9 [chan receive] main.handle.func1@loop by main.handle@go in 1";
  expect(confinedGoroutines(source, [SLEEPING, sender, idle])).toEqual([7]);
  expect(confinedGoroutines(source, [SLEEPING, sender, idle.replace("chan receive", "running")])).toEqual([]);
});

test("what a text or number was made of is no way to a channel", () => {
  const source = `
var handlers = map[string]chan int{}

func add(prefix string) {
	handlers[fmt.Sprint(prefix, 1)] = make(chan int)
}
func main() {
	add(os.Args[0])
	http.HandleFunc("/", func(http.ResponseWriter, *http.Request) {
		handlers["a"] <- 1 // @send
	})
	time.Sleep(time.Hour) // @sleep
}
`;
  expect(confinedGoroutines(source, [SLEEPING, "7 [chan send] main.main.func1@send"])).toEqual([7]);
});

/** Objects that take messages, each with a channel for its answer. */
const ACTOR = (loop: string, ask = "a.inbox <- m // @hand\n\treturn <-m.reply // @answer") => `
type message struct{ kind int; reply chan int }
type Actor struct{ inbox chan message }

func (a *Actor) run() {
	${loop}
}
func (a *Actor) Ask(kind int) int {
	m := message{kind: kind, reply: make(chan int)}
	${ask}
}
var pending []message
func main() {
	a := &Actor{inbox: make(chan message, 8)}
	go a.run() // @go
	http.HandleFunc("/", func(http.ResponseWriter, *http.Request) {
		a.Ask(2) // @serve
	})
	time.Sleep(time.Hour) // @sleep
}
`;

describe("an answer that is awaited from who takes messages", () => {
  const FORGETS = "for m := range a.inbox { // @loop\n\t\tif m.kind > 2 {\n\t\t\tm.reply <- 1 // @reply\n\t\t}\n\t}";
  const WAITS = "7 [chan receive] main.(*Actor).Ask@answer < main.main.func1@serve";
  const IDLE = "9 [chan receive] main.(*Actor).run@loop by main.main@go in 1";

  test("never comes when the message was taken and forgotten", () => {
    expect(confinedGoroutines(ACTOR(FORGETS), [SLEEPING, WAITS, IDLE])).toEqual([7]);
  });

  test("may come while the message may be in somebody's hand", () => {
    const answering = "9 [runnable] main.(*Actor).run@reply by main.main@go in 1";
    expect(confinedGoroutines(ACTOR(FORGETS), [SLEEPING, WAITS, answering])).toEqual([]);
  });

  test("may come when messages are kept", () => {
    const loop = `${FORGETS.slice(0, -3)}\n\t\tpending = append(pending, m)\n\t\tpending[0].reply <- 1\n\t}`;
    expect(confinedGoroutines(ACTOR(loop), [SLEEPING, WAITS, IDLE])).toEqual([]);
  });

  test("may come when it was deferred for each message", () => {
    const loop = "for m := range a.inbox { // @loop\n\t\tdefer func() { m.reply <- 1 }()\n\t}";
    expect(confinedGoroutines(ACTOR(loop), [SLEEPING, WAITS, IDLE])).toEqual([]);
  });

  test("may come when the message waits for another queue than the one that is idle", () => {
    const loop = "for { // @loop\n\t\t<-a.done\n\t\tm := <-a.inbox\n\t\tm.reply <- 1\n\t}";
    const source = ACTOR(loop.replace("<-a.done", "<-a.done // @idle")).replace(
      "inbox chan message }",
      "inbox chan message; done chan int }",
    );
    const idle = "9 [chan receive] main.(*Actor).run@idle by main.main@go in 1";
    expect(confinedGoroutines(source, [SLEEPING, WAITS, idle])).toEqual([]);
  });

  test("may come when the message is still to be sent by another goroutine", () => {
    const ask =
      "go func() { // @hands\n\t\ttime.Sleep(time.Second) // @delay\n\t\ta.inbox <- m\n\t}()\n\treturn <-m.reply // @answer";
    const late = "8 [sleep] time.Sleep < main.(*Actor).Ask.func1@delay by main.(*Actor).Ask@hands in 7";
    expect(confinedGoroutines(ACTOR(FORGETS, ask), [SLEEPING, WAITS, IDLE, late])).toEqual([]);
    expect(confinedGoroutines(ACTOR(FORGETS, ask), [SLEEPING, WAITS, IDLE])).toEqual([7]);
  });
});

test("a select is asked of its own file, whatever stands at the same place of another", () => {
  const main = `package main
import ("time"; "example.com/app/b")
func main() {
	ch := make(chan int)
	go wait(ch) // @go
	go b.Run(nil)
	time.Sleep(time.Hour) // @sleep
}
func wait(ch chan int) {
	select { // @select
	case value := <-ch:
		_ = value
	}
}
`;
  const other = `package b\nfunc Run(c chan int) {\n${"\t<-c\n".repeat(100)}}\n`;
  const goroutines = [SLEEPING, "7 [select] main.wait@select by main.main@go in 1"];
  expect(confinedGoroutines({ "main.go": main, "b/b.go": other }, goroutines)).toEqual([7]);
});
