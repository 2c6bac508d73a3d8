import { describe, expect, test } from "vitest";
import { isLostFor } from "../../support/laterSender.ts";

const source = (body: string) => `
type hook func()
func (h hook) Run() { h() }
type box struct{ ch chan int }
type boxes []box
type runner interface{ Run() }
func run(r runner) {
	r.Run()
}
func call(f func()) {
	f()
}
func later(given chan int) {
	made := make(chan int, 1)
	${body}
	made <- 1
}
func main() {
	ch := make(chan int)
	go later(ch) // @go
	<-ch // @wait
}
`;

describe("what a function does that a call has made", () => {
  test.each([
    "send := func() { given <- 1 }\n\tlib.Do() // @work\n\tsend()",
    "send := func() { given <- 1 }\n\tdefer call(send)\n\tlib.Do() // @work",
    "send := hook(func() { given <- 1 })\n\tlib.Do() // @work\n\trun(send)",
    "all := []func(){}\n\tall = append(all, func() { given <- 1 })\n\tlib.Do() // @work\n\tall[0]()",
  ])("may be done to what it was given: %s", (body) => {
    expect(isLostFor("main.later", source(body))).toBe(false);
    expect(isLostFor("main.later", source(body.replace("given <- 1", "made <- 1")))).toBe(true);
  });

  test.each([
    [
      "main.call",
      (text: string) => text.replace("f()\n}", "lib.Do() // @work\n\tf()\n}"),
      "call(func() { given <- 1 }) // @called",
    ],
    [
      "main.run",
      (text: string) => text.replace("r.Run()\n}", "lib.Do() // @work\n\tr.Run()\n}"),
      "run(hook(func() { given <- 1 })) // @called",
    ],
  ])("may be done by one that it calls: %s", (name, working, body) => {
    const stack = `${name}@work < main.later@called`;
    expect(isLostFor(stack, working(source(body)))).toBe(false);
    expect(isLostFor(stack, working(source(body.replace("given <- 1", "made <- 1"))))).toBe(true);
  });
});

describe("what is put into an element", () => {
  test.each([
    ['all := map[string][]chan int{}\n\tall["a"] = append(all["a"], given)', 'all["a"][0] <- 1'],
    ["all := make([][]chan int, 2)\n\tall[0] = append(all[0], given)", "all[0][0] <- 1"],
    ["all := make([][]chan int, 1)\n\tcopy(all[0], []chan int{given})", "all[0][0] <- 1"],
    ['all := map[string]map[string]chan int{"a": {}}\n\tall["a"]["b"] = given', 'all["a"]["b"] <- 1'],
    ["var all [3]box\n\tone := &all[1]\n\tone.ch = given", "all[1].ch <- 1"],
    ["all := make(boxes, 3)\n\tall[1].ch = given", "all[1].ch <- 1"],
  ])("may be what others have: %s", (add, send) => {
    const body = `${add}\n\tlib.Do() // @work\n\t${send}`;
    expect(isLostFor("main.later", source(body))).toBe(false);
    expect(isLostFor("main.later", source(body.replace("given", "made")))).toBe(true);
  });
});

const giving = (result: string, body: string, take: string) =>
  `${source(`${take}\n\tlib.Do() // @work\n\tc <- 1`)}
func give(given chan int) ${result} {
	${body}
}
func same(c chan int) chan int { return c }
`;

describe("what a call gives", () => {
  test.each([
    ["(c chan int)", "defer func() { c = given }()\n\treturn make(chan int)", "c := give(given)"],
    ["(error, chan int)", "return nil, same(given)", "_, c := give(given)"],
  ])("may be what others have: %s of %s", (result, body, take) => {
    expect(isLostFor("main.later", giving(result, body, take))).toBe(false);
    expect(
      isLostFor("main.later", giving(result, body.replace("= given", "= nil").replace("(given)", "(nil)"), take)),
    ).toBe(true);
  });
});
