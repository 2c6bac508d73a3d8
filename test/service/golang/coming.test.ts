import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** An actor that takes messages, each with a channel for its answer; `more` are methods of it. */
const actor = (loop: string, more = "") => `
type message struct { kind int; reply chan int }
type Actor struct { inbox chan message; tick chan int; failed []message }
func (a *Actor) run() {
	${loop}
}
func (a *Actor) Ask(kind int) int {
	m := message{kind: kind, reply: make(chan int)}
	a.inbox <- m
	return <-m.reply // @answer
}
func main() {
	a := &Actor{inbox: make(chan message, 8), tick: make(chan int)}
	go a.run() // @go
	http.HandleFunc("/", func(http.ResponseWriter, *http.Request) {
		a.Ask(2) // @serve
	})
	for {
		a.tick <- 1
		time.Sleep(time.Hour) // @sleep
	}
}
${more}
`;

const SLEEPING = "1 [sleep] time.Sleep < main.main@sleep";
const WAITS = "7 [chan receive] main.(*Actor).Ask@answer < main.main.func1@serve";
const idle = (state: string) => `9 [${state}] main.(*Actor).run@loop by main.main@go in 1`;
const within = (method: string) =>
  `9 [chan receive] main.(*Actor).${method}@inner < main.(*Actor).run@loop by main.main@go in 1`;

/** Takes what there is, up to three. */
const FILL = `for len(batch) < 3 {
		select {
		case m := <-a.inbox:
			batch = append(batch, m)
			continue
		default:
		}
		break
	}`;
const FLUSH = `func (a *Actor) flush(batch []message) {
	if len(batch) > 2 {
		return
	}
	for _, m := range batch {
		m.reply <- 1
	}
}`;
const COLLECT = `func (a *Actor) collect() []message {
	first := <-a.inbox // @inner
	batch := []message{first}
	${FILL}
	return batch
}`;

describe("an answer never comes from who is about to take the next message", () => {
  test("and makes a batch of what it takes", () => {
    const loop = `for {
		first := <-a.inbox // @loop
		batch := []message{first}
		${FILL}
		a.flush(batch)
	}`;
    expect(confinedGoroutines(actor(loop, FLUSH), [SLEEPING, WAITS, idle("chan receive")])).toEqual([7]);
  });

  test("and gets the batch from a call that takes them", () => {
    const loop = "for {\n\t\tbatch := a.collect() // @loop\n\t\ta.flush(batch)\n\t}";
    expect(confinedGoroutines(actor(loop, `${FLUSH}\n${COLLECT}`), [SLEEPING, WAITS, within("collect")])).toEqual([7]);
  });

  test("and hands on what it takes", () => {
    const loop = "for {\n\t\ta.flush([]message{<-a.inbox}) // @loop\n\t}";
    expect(confinedGoroutines(actor(loop, FLUSH), [SLEEPING, WAITS, idle("chan receive")])).toEqual([7]);
  });

  test("and has one variable for all", () => {
    const loop = "var m message\n\tfor {\n\t\tm = <-a.inbox // @loop\n\t\ta.flush([]message{m})\n\t}";
    expect(confinedGoroutines(actor(loop, FLUSH), [SLEEPING, WAITS, idle("chan receive")])).toEqual([7]);
  });
});

describe("an answer may come", () => {
  test.each([
    [
      "of the last message, at a tick",
      "var last message\n\tfor {\n\t\tselect { // @loop\n\t\tcase last = <-a.inbox:\n\t\tcase <-a.tick:\n\t\t\tlast.reply <- 1\n\t\t}\n\t}",
      "select",
    ],
    [
      "of the last message, behind the next one",
      "var last, m message\n\tfor {\n\t\tm = <-a.inbox // @loop\n\t\tlast.reply <- 1\n\t\tlast = <-a.inbox\n\t\tm.reply <- 1\n\t}",
      "chan receive",
    ],
    [
      "of the last message, behind the select",
      "var m message\n\tfor {\n\t\tselect { // @loop\n\t\tcase m = <-a.inbox:\n\t\t\tcontinue\n\t\tcase <-a.tick:\n\t\t}\n\t\ta.flush([]message{m})\n\t}",
      "select",
    ],
    [
      "of a batch that is being filled",
      "var batch []message\n\tfor {\n\t\tselect { // @loop\n\t\tcase m := <-a.inbox:\n\t\t\tbatch = append(batch, m)\n\t\tcase <-a.tick:\n\t\t\ta.flush(batch)\n\t\t\tbatch = nil\n\t\t}\n\t}",
      "select",
    ],
    [
      "of a batch from before the loop",
      "batch := []message{<-a.inbox}\n\tfor {\n\t\tm := <-a.inbox // @loop\n\t\ta.flush(batch)\n\t\tbatch = []message{m}\n\t}",
      "chan receive",
    ],
    [
      "of a batch that was kept when it failed",
      "for {\n\t\tm := <-a.inbox // @loop\n\t\tbatch := append(a.failed, m)\n\t\ta.flush(batch)\n\t\ta.failed = batch\n\t}",
      "chan receive",
    ],
    [
      "of a batch whose answer was deferred",
      "for {\n\t\tbatch := []message{<-a.inbox} // @loop\n\t\tdefer a.flush(batch)\n\t}",
      "chan receive",
    ],
  ])("%s", (_, loop, state) => {
    expect(confinedGoroutines(actor(loop, FLUSH), [SLEEPING, WAITS, idle(state)])).toEqual([]);
  });

  test("of what a call was given before it takes more", () => {
    const loop = "var batch []message\n\tfor {\n\t\tbatch = a.add(batch) // @loop\n\t\ta.flush(batch)\n\t}";
    const more =
      "func (a *Actor) add(batch []message) []message {\n\tm := <-a.inbox // @inner\n\treturn append(batch, m)\n}";
    expect(confinedGoroutines(actor(loop, `${FLUSH}\n${more}`), [SLEEPING, WAITS, within("add")])).toEqual([]);
  });

  test("of what a call has taken before it waits for something else", () => {
    const loop = "for {\n\t\tbatch := a.collect() // @loop\n\t\ta.flush(batch)\n\t}";
    const more =
      "func (a *Actor) collect() []message {\n\tm := <-a.inbox\n\t<-a.tick // @inner\n\treturn []message{m}\n}";
    expect(confinedGoroutines(actor(loop, `${FLUSH}\n${more}`), [SLEEPING, WAITS, within("collect")])).toEqual([]);
  });

  test("of what was in the hand of a call further out", () => {
    const loop = "for m := range a.inbox {\n\t\ta.wait() // @loop\n\t\tm.reply <- 1\n\t}";
    const more = "func (a *Actor) wait() {\n\t<-a.tick // @inner\n}";
    expect(confinedGoroutines(actor(loop, more), [SLEEPING, WAITS, within("wait")])).toEqual([]);
  });
});

/** Tenants with a queue each, whose worker takes from it by a method of the queue. */
const tenants = (work = "t.run(t.q.next()) // @loop", more = "") => `
type queue struct { in chan int }
type tenant struct { q *queue }
func newQueue() *queue { return &queue{in: make(chan int)} }
func open() *tenant {
	q := newQueue()
	t := &tenant{q: q}
	go t.work() // @go
	return t
}
func (q *queue) next() int {
	return <-q.in // @next
}
func (t *tenant) work() {
	for {
		${work}
	}
}
func (t *tenant) run(int) {}
func (t *tenant) submit(job int) {
	t.q.in <- job // @send
}
${more}
var all []*tenant
func main() {
	all = []*tenant{open(), open()} // @open
	http.HandleFunc("/", func(http.ResponseWriter, *http.Request) {
		all[0].submit(7) // @serve
	})
	time.Sleep(time.Hour) // @sleep
}
`;
const SUBMITS = "7 [chan send] main.(*tenant).submit@send < main.main.func1@serve";
const WORKER = "9 [chan receive] main.(*queue).next@next < main.(*tenant).work@loop by main.open@go in 1";

describe("who idles in a call that receives from its queue", () => {
  test("serves nobody who is blocked sending to another queue", () => {
    expect(confinedGoroutines(tenants(), [SLEEPING, SUBMITS, WORKER])).toEqual([7]);
  });

  test("may serve them when it is at work", () => {
    const busy = "9 [running] main.(*tenant).work@loop by main.open@go in 1";
    expect(confinedGoroutines(tenants(), [SLEEPING, SUBMITS, busy])).toEqual([]);
  });

  test("may serve them when the next one is another queue", () => {
    const steals = "t.run(t.q.next()) // @loop\n\t\tt = all[0]";
    expect(confinedGoroutines(tenants(steals), [SLEEPING, SUBMITS, WORKER])).toEqual([]);
    const set = tenants(undefined, "func (t *tenant) move(other *tenant) { t.q = other.q }");
    expect(confinedGoroutines(set, [SLEEPING, SUBMITS, WORKER])).toEqual([]);
  });

  test("may serve them when it takes from others as well", () => {
    const helps = "t.run(t.q.next()) // @loop\n\t\tall[0].q.next()";
    expect(confinedGoroutines(tenants(helps), [SLEEPING, SUBMITS, WORKER])).toEqual([]);
  });
});
