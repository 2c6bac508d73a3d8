import { describe, expect, test } from "vitest";
import { isLostFor } from "../../support/laterSender.ts";

const set = (head: string) => `
type box struct{ ch chan int }
func (b *box) Error() string { return "" }
func point(p **box, to *box) { *p = to }
func fill(p, with *box) { *p = *with }
func later(given *box) {
	${head}
	lib.Do() // @work
	b.ch <- 1
}
func main() {
	a := &box{make(chan int)}
	go later(a) // @go
	<-a.ch // @wait
}
`;

describe("a variable of which a pointer is taken", () => {
  test.each([
    "var b *box\n\tpoint(&b, given)",
    "var b box\n\tfill(&b, given)",
    "b := &box{make(chan int)}\n\tpoint(&b, given)",
    "var b *box\n\terrors.As(lib.Wrap(given), &b)",
    "b := new(box)\n\terrors.As(lib.Wrap(given), &b)",
  ])("may have what others have: %s", (head) => {
    expect(isLostFor("main.later", set(head))).toBe(false);
  });

  test("has its own otherwise", () => {
    expect(isLostFor("main.later", set("var b box\n\tlib.Read(&b)"))).toBe(true);
  });
});

const setAgain = (head: string) => `
func later(given chan int) {
	${head}
}
func main() {
	ch := make(chan int)
	go later(ch) // @go
	<-ch // @wait
}
`;

describe("a variable that is set again", () => {
  test.each([
    "var ch chan int\n\tset := func(to chan int) { ch = to }\n\tch = make(chan int)\n\tset(given)\n\tlib.Do() // @work\n\tch <- 1",
    "ch := make(chan int)\n\tsend := func() { ch <- 1 }\n\tch = make(chan int)\n\tch = given\n\tlib.Do() // @work\n\tsend()",
  ])("may have what a literal has set, and a literal what was set behind it: %s", (head) => {
    expect(isLostFor("main.later", setAgain(head))).toBe(false);
    expect(isLostFor("main.later", setAgain(head.replace("(given)", "(nil)").replace("= given", "= nil")))).toBe(true);
  });
});

const withCleanup = (call: string) => `
func later(x *int) {
	lib.Do() // @work
}
func main() {
	ch, x := make(chan int), new(int)
	${call}
	go later(x) // @go
	<-ch // @wait
}
`;

describe("what is given to a library for later", () => {
  test("is used by it: a cleanup has its argument", () => {
    const cleanup = "runtime.AddCleanup(x, func(c chan int) { c <- 1 }, ch)";
    expect(isLostFor("main.later", withCleanup(cleanup))).toBe(false);
    expect(isLostFor("main.later", withCleanup(cleanup.replace(", ch)", ", nil)")))).toBe(true);
  });
});
