import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";
import { isLostFor } from "../../support/laterSender.ts";

const SENDER = `
type sender interface{ Send() }
type queue struct{ ch chan int }
func (q *queue) Send() { q.ch <- 1 }
`;

describe("a type parameter", () => {
  test.each([
    ["of a function", "func later[T sender](t T)", "t.Send()", "later(q)", "main.later[...]"],
    ["among others", "func later[K comparable, T, V sender](k K, t T)", "t.Send()", "later(1, q)", "main.later[...]"],
    [
      "of a type",
      "type box[T sender] struct{ t T }\nfunc (b *box[T]) later()",
      "b.t.Send()",
      "(&box[*queue]{q}).later()",
      "main.(*box[...]).later",
    ],
  ])("%s is not the type of that name", (_, head, send, start, name) => {
    const source = (of: string) => `
${SENDER}
type T struct{ ch chan int }
func (t *T) Send() {}
${head} {
	lib.Do() // @work
	${send}
}
func main() {
	ch := make(chan int)
	q := &queue{${of}}
	go ${start} // @go
	<-ch // @wait
}
`;
    expect(isLostFor(name, source("ch"))).toBe(false);
    expect(isLostFor(name, source("nil"))).toBe(true);
  });

  test.each(["return new(T)", "var made T\n\treturn &made"])("may be any type of which a value is made: %s", (make) => {
    const source = `
type sender interface{ Send() }
type quiet struct{}
func (q *quiet) Send() {}
type loud struct{}
func (l *loud) Send() { ch <- 1 }
var ch = make(chan int)
func made[T any]() *T {
	${make}
}
func later(s sender) {
	lib.Do() // @work
	s.Send()
}
func main() {
	_ = &loud{}
	go later(&quiet{})
	go later(made[loud]()) // @go
	<-ch // @wait
}
`;
    expect(isLostFor("main.later", source)).toBe(false);
  });

  test("is what a container has that is not known: a lock in it is any of that name", () => {
    const source = `
type conn struct{ mu sync.Mutex }
type pool[T any] struct{ items [2]T }
var all pool[conn]
func (c *conn) both(other *conn) {
	c.mu.Lock()
	other.mu.Lock() // @lock
}
func hold() {
	all.items[1].mu.Lock()
	lib.Do() // @hold
	all.items[1].mu.Unlock()
}
func main() {
	go hold() // @go
	(&conn{}).both(&all.items[1]) // @call
}
`;
    const goroutines = [
      "1 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.(*conn).both@lock < main.main@call",
      "7 [sleep] lib.Do < main.hold@hold by main.main@go in 1",
    ];
    expect(confinedGoroutines(source, goroutines)).toEqual([]);
  });

  test("may be given to a function of another package that is a value", () => {
    const main = `package main
import ("example.org/lib"; "example.com/app/g")
func main() {
	ch := make(chan int)
	f := g.Later[int]
	go f(ch) // @go
	<-ch // @wait
}
`;
    const other = `package g
import "example.org/lib"
func Later[T any](c chan T) {
	lib.Do() // @work
	close(c)
}
`;
    expect(isLostFor("example.com/app/g.Later[...]", { "main.go": main, "g/g.go": other })).toBe(false);
  });
});
