import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";
import { isLostFor } from "../../support/laterSender.ts";

const TYPES = `
type route struct{ ch chan int }
type routes []*route
type values []route
type named map[string]route
type groups map[string]routes
type again routes
type keys map[route]bool
`;

const sending = (type: string, literal: string, send: string) => `
${TYPES}
func later(all ${type}) {
	lib.Do() // @work
	${send}
}
func main() {
	ch := make(chan int)
	go later(${literal}) // @go
	<-ch // @wait
}
`;

const readAndWrite = (literal: string) => `
${TYPES}
func (r *route) read() {
	<-r.ch // @read
}
func (r *route) write() {
	lib.Do() // @write
	r.ch <- 1
}
func main() {
	ch := make(chan int)
	all := ${literal}
	go all[0].read()
	go all[1].write()
	time.Sleep(time.Hour) // @sleep
	_ = ch
}
`;

describe("what a literal without a type of its own is given", () => {
  test.each([
    ["[]*route", "[]*route{{ch}}", "all[0].ch <- 1"],
    ["routes", "routes{{ch: ch}}", "all[0].ch <- 1"],
    ["values", "values{{ch}}", "all[0].ch <- 1"],
    ["named", 'named{"a": {ch}}', 'all["a"].ch <- 1'],
    ["groups", 'groups{"a": {{ch}}}', 'all["a"][0].ch <- 1'],
    ["again", "again{{ch}}", "all[0].ch <- 1"],
    ["keys", "keys{{ch}: true}", "for one := range all {\n\t\tone.ch <- 1\n\t}"],
    ["map[route]bool", "map[route]bool{{ch}: true}", "for one := range all {\n\t\tone.ch <- 1\n\t}"],
  ])("is in its fields: of %s", (type, literal, send) => {
    expect(isLostFor("main.later", sending(type, literal, send))).toBe(false);
    expect(
      isLostFor("main.later", sending(type, literal.replace("ch: ch", "nil").replace("{ch}", "{nil}"), send)),
    ).toBe(true);
  });

  test("may be in several objects", () => {
    const goroutines = [
      "1 [sleep] time.Sleep < main.main@sleep",
      "7 [chan receive] main.(*route).read(0xc000010000)@read",
      "8 [sleep] lib.Do < main.(*route).write(0xc000020000)@write",
    ];
    expect(confinedGoroutines(readAndWrite("routes{{ch}, {ch}}"), goroutines)).toEqual([]);
    expect(confinedGoroutines(readAndWrite("routes{{make(chan int)}, {make(chan int)}}"), goroutines)).toEqual([7]);
  });
});
