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
