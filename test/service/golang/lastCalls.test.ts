import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** A goroutine at work that goes on with a call, and another one that waits for what comes behind it. */
const behind = (call: string, parameters = "", more = "") => `
func work(out chan int${parameters}) {
	lib.Do() // @work
	${call}
	out <- 1
}
func main() {
	out := make(chan int)
	go work(out) // @go
	<-out // @wait
}
${more}
`;

const WAITER = "1 [chan receive] main.main@wait";
const WORKER = "7 [sleep] lib.Do < main.work@work by main.main@go in 1";
const lost = (source: string) => confinedGoroutines(source, [WAITER, WORKER]);

describe("what comes behind a call", () => {
  test.each([
    ['panic("no")', ""],
    ["os.Exit(1)", ""],
    ['log.Fatalf("no")', ""],
    ["runtime.Goexit()", ""],
    ["t.FailNow()", ", t *testing.T"],
    ["t.Skip()", ", t testing.TB"],
    ['l.Panicln("no")', ", l *log.Logger"],
  ])("never runs where %s does not return", (call, parameters) => {
    expect(lost(behind(call, parameters))).toEqual([1]);
  });

  test.each([
    ["d.Skip()", ", d *decoder", "type decoder struct{}\nfunc (d *decoder) Skip() {}"],
    ['log.Fatal("bad")', ", log logger", "type logger struct{}\nfunc (logger) Fatal(string) {}"],
    ["t.Fatal()", ", t reporter", "type reporter interface{ Fatal() }"],
    ["r.Skip()", ", r lib.Reader", ""],
    ['panic("no")', ", panic func(string)", ""],
  ])("runs where %s is only called so", (call, parameters, more) => {
    expect(lost(behind(call, parameters, more))).toEqual([]);
  });
});
