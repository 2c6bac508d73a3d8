import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** A program whose reader waits for what `Write` of a type of its own sends. */
const tap = (main: string) => `
type tap struct{ lines chan string }
func (t *tap) Write(p []byte) (int, error) {
	t.lines <- string(p)
	return len(p), nil
}
func main() {
	t := &tap{make(chan string)}
	go read(t) // @go
	${main}
}
func run(w io.Writer) {
	time.Sleep(time.Hour) // @sleep
	w.Write(nil)
}
type copier struct{ io.Writer }
func (c *copier) run() {
	time.Sleep(time.Hour) // @slow
	c.Write(nil)
}
func idle(w io.Writer) {
	w.Write(nil)
	time.Sleep(time.Hour) // @idle
}
func read(t *tap) { <-t.lines } // @wait
`;

/** Interfaces of other packages through which the program calls methods of its own types. */
describe("a value of the program in an interface of another package", () => {
  const reader = "7 [chan receive] main.read@wait by main.main@go in 1";

  test("is called through a parameter", () => {
    const stack = "1 [sleep] time.Sleep < main.run@sleep < main.main@call";
    expect(confinedGoroutines(tap("run(t) // @call"), [stack, reader])).toEqual([]);
  });

  test("is called through an embedded interface", () => {
    const stack = "1 [sleep] time.Sleep < main.(*copier).run@slow < main.main@call";
    expect(confinedGoroutines(tap("(&copier{t}).run() // @call"), [stack, reader])).toEqual([]);
  });

  test("is not called any more behind the call", () => {
    const stack = "1 [sleep] time.Sleep < main.idle@idle < main.main@call";
    expect(confinedGoroutines(tap("idle(t) // @call"), [stack, reader])).toEqual([7]);
  });

  test("has its method as a value for anybody", () => {
    const source = tap("var w io.Writer = t\n\tf := w.Write\n\ttime.Sleep(time.Hour) // @call\n\tf(nil)");
    expect(confinedGoroutines(source, ["1 [sleep] time.Sleep < main.main@call", reader])).toEqual([]);
  });
});
