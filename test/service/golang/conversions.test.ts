import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";
import { isLostFor } from "../../support/laterSender.ts";

const TYPES = `
type one struct{ ch chan int }
type other struct{ ch chan int }
type same one
`;

const converted = (parameter: string, value: string) => `
${TYPES}
func later(o ${parameter}) {
	lib.Do() // @work
	o.ch <- 1
}
func main() {
	a := &one{make(chan int)}
	go later(${value}) // @go
	<-a.ch // @wait
}
`;

const readAndWrite = (send: string) => `
${TYPES}
func (o *one) read() {
	<-o.ch // @read
}
func (o *one) write() {
	lib.Do() // @write
	o.ch <- 1
}
func main() {
	a := &one{make(chan int)}
	${send}
	go a.read()
	time.Sleep(time.Hour) // @sleep
}
`;

describe("a struct that is taken for one of another type", () => {
  test.each([
    ["*other", "(*other)(a)"],
    ["other", "other(*a)"],
    ["*same", "(*same)(a)"],
    ["other", "struct{ ch chan int }{a.ch}"],
    ["struct{ ch chan int }", "*a"],
  ])("has what the other one has in its fields: a %s from %s", (parameter, value) => {
    expect(isLostFor("main.later", converted(parameter, value))).toBe(false);
    expect(isLostFor("main.later", converted(parameter, "nil"))).toBe(parameter.endsWith("other"));
  });

  test("has no channel for itself alone", () => {
    const goroutines = [
      "1 [sleep] time.Sleep < main.main@sleep",
      "7 [chan receive] main.(*one).read(0xc000010000)@read",
      "8 [sleep] lib.Do < main.(*one).write(0xc000020000)@write",
    ];
    expect(confinedGoroutines(readAndWrite("go (&one{make(chan int)}).write()"), goroutines)).toEqual([7]);
    expect(confinedGoroutines(readAndWrite("b := &other{a.ch}\n\tgo (*one)(b).write()"), goroutines)).toEqual([]);
  });
});
