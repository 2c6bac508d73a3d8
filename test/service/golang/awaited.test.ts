import { describe, expect, test } from "vitest";
import { foreignGoroutines } from "../../support/confinedGoroutines.ts";
import { isLostFor } from "../../support/laterSender.ts";

const contexts = (make: string, rest = "") => `
type request struct {
	context.Context
	done chan struct{}
}
${rest}
func later(r *request, cancel func()) {
	lib.Do() // @work
	close(r.done)
	cancel()
}
func main() {
	parent, stop := context.WithCancel(context.Background())
	r := &request{parent, make(chan struct{})}
	${make}
	go later(r, none) // @go
	_ = stop
	<-ctx.Done() // @wait
}
func none() {}
`;

const OWN = "func (r *request) Done() <-chan struct{} { return r.done }";

describe("who waits for a context that nobody cancels", () => {
  test.each(["ctx := parent", "ctx, _ := context.WithCancel(parent)"])("is lost: %s", (make) => {
    expect(isLostFor("main.later", contexts(make, OWN))).toBe(true);
  });

  test.each([
    ["ctx, _ := context.WithCancel(r)", OWN],
    ["var ctx context.Context = r\n\tif lib.Is() {\n\t\tctx = parent\n\t}", OWN],
    ["ctx, _ := context.WithCancel(r)", ""],
  ])("is not where one of the program's own types is, or leads to, the context: %s", (make, own) => {
    expect(isLostFor("main.later", contexts(make, own))).toBe(false);
  });
});

const receiving = (channel: string) => `
func run(c <-chan time.Time) {
	for range c { // @wait
	}
}
func main() {
	own := make(chan time.Time)
	run(${channel}) // @call
	_ = own
}
`;

describe("who waits for a channel", () => {
  const goroutines = ["1 [chan receive] main.run@wait < main.main@call"];

  test("waits for code outside of the program where only that makes it", () => {
    expect(foreignGoroutines(receiving("time.Tick(1)"), goroutines)).toEqual([1]);
    expect(foreignGoroutines(receiving("time.NewTicker(1).C"), goroutines)).toEqual([1]);
    expect(foreignGoroutines(receiving("own"), goroutines)).toEqual([]);
  });
});
