import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** A program with somebody who sends to a channel that a method of its type closes. */
const pump = (main: string, rest = "") => `
type stopper interface{ stop() }
type pump struct{ lines chan int }
func (p *pump) run() { p.lines <- 1 } // @wait
func (p *pump) stop() { close(p.lines) }
func (p *pump) Close() error { close(p.lines); return nil }
type both struct{ *pump }
type named struct{ stopper }
func main() {
	p := &pump{make(chan int)}
	go p.run() // @go
	${main}
}
${rest}
`;

const sender = "7 [chan send] main.(*pump).run@wait by main.main@go in 1";
const asleep = "1 [sleep] time.Sleep < main.main@sleep";
const SLEEP = "time.Sleep(time.Hour) // @sleep\n\t";

/** Methods that are called on values whose type does not tell whose they are. */
describe("a sender may be freed by a method that is called", () => {
  test.each([
    ["on an interface", `var s stopper = p\n\t${SLEEP}s.stop()`],
    ["on an element of interfaces", `all := map[string]stopper{"p": p}\n\t${SLEEP}all["p"].stop()`],
    ["on what a library gives back", `lib.Put(p)\n\t${SLEEP}x := lib.Get()\n\tx.stop()`],
    ["on an asserted interface", `var v any = p\n\t${SLEEP}v.(interface{ stop() }).stop()`],
    ["on an interface of another package", `var c io.Closer = p\n\t${SLEEP}c.Close()`],
    ["on a struct with an embedded one", `var s stopper = both{p}\n\t${SLEEP}s.stop()`],
    ["on a struct with an embedded interface", `n := named{p}\n\t${SLEEP}n.stop()`],
    ["on an interface with a struct with an embedded one", `var s stopper = &named{both{p}}\n\t${SLEEP}s.stop()`],
    ["as a value of an interface", `var s stopper = p\n\tf := s.stop\n\t${SLEEP}f()`],
    ["as a value of an embedded interface", `n := named{p}\n\tf := n.stop\n\t${SLEEP}f()`],
    ["as a value given to a library", `var s stopper = p\n\t${SLEEP}lib.OnExit(s.stop)`],
    ["as a value of what a library gives back", `lib.Put(p)\n\tx := lib.Get()\n\tf := x.stop\n\t${SLEEP}f()`],
  ])("%s", (_, main) => {
    expect(confinedGoroutines(pump(main), [asleep, sender])).toEqual([]);
  });

  const ofGlobal = (type: string, receiver: string, value: string) =>
    pump(
      `quit = p.lines\n\tvar s stopper = &idle{}\n\ts = ${value}\n\t${SLEEP}s.stop()`,
      `var quit chan int\ntype closer ${type}\nfunc (${receiver}) stop() { close(quit) }\nvar none map[string]closer
func plain() closer { return func() {} }
type idle struct{ n int }\nfunc (i *idle) stop() { i.n++ }`,
    );

  test("of a value that only the language has made", () => {
    expect(confinedGoroutines(ofGlobal("struct{}", "c closer", 'none["x"]'), [asleep, sender])).toEqual([]);
    expect(confinedGoroutines(ofGlobal("func()", "c closer", "plain()"), [asleep, sender])).toEqual([]);
    expect(confinedGoroutines(ofGlobal("int", "closer", 'none["x"]'), [asleep, sender])).toEqual([]);
  });

  test("of a value that a generic function makes", () => {
    const main = `quit = p.lines\n\tall := []stopper{&idle{}, make1[closer]()}\n\t${SLEEP}all[1].stop()`;
    const rest =
      "var quit chan int\ntype closer struct{ n int }\nfunc (c *closer) stop() { close(quit) }\nfunc make1[T any]() *T { return new(T) }\ntype idle struct{ n int }\nfunc (i *idle) stop() { i.n++ }";
    expect(confinedGoroutines(pump(main, rest), [asleep, sender])).toEqual([]);
  });

  test("of a value that a library has filled in", () => {
    const main = `quit = p.lines\n\tvar all map[string]*closer\n\tlib.Decode(&all)\n\tvar s stopper = all["x"]\n\t${SLEEP}s.stop()`;
    const rest =
      "var quit chan int\ntype closer struct{ name string }\nfunc (c *closer) stop() { close(quit) }\nvar spare = &closer{}";
    expect(confinedGoroutines(pump(main, rest), [asleep, sender])).toEqual([]);
  });
});

describe("a sender is lost where a method of that name is called", () => {
  test.each([
    ["on what a library makes", `f, _ := os.Create("x")\n\t${SLEEP}f.Close()`],
    ["as a value of what a library makes", `f, _ := os.Create("x")\n\t${SLEEP}defer run(f.Close)`],
    ["on another type behind an interface", `var s stopper = &other{}\n\t${SLEEP}s.stop()`],
    ["as a value of another type behind an interface", `var s stopper = &other{}\n\tf := s.stop\n\t${SLEEP}f()`],
  ])("%s", (_, main) => {
    const rest = "type other struct{ n int }\nfunc (o *other) stop() { o.n++ }\nfunc run(f func() error) { f() }";
    expect(confinedGoroutines(pump(main, rest), [asleep, sender])).toEqual([7]);
  });
});
