import { expect, test } from "vitest";
import { goStatementAt, sourceFactOf, type GoStatement } from "../../../server/src/service/golang/statement.ts";

/** The statement of the only line of a function, as kind and operand. */
function summary(line: string, hint?: { state?: string; callee?: string }): string | undefined {
  const found = goStatementAt(`package p\n\nfunc f() {\n\t${line}\n}\n`, 3, hint);
  return found && [found.kind, found.operand?.text].filter(Boolean).join(" ");
}

test.each([
  ["ch <- v", "send ch"],
  ["s.queues[i].out <- f(<-in)", "send s.queues[i].out"],
  ["results() <- Result{", "send results()"],
  ["(*p).ch <- 1", "send (*p).ch"],
  ["go func() { out <- 1 }()", "send out"],
  ["<-ch", "receive ch"],
  ["return <-q.ch", "receive q.ch"],
  ["v, ok := <-m.byName[key(a, b)]", "receive m.byName[key(a, b)]"],
  ["x := g(<-a)", "receive a"],
  ["case <-ctx.Done():", "receive ctx.Done()"],
  ["case out <- v:", "send out"],
  ["for v := range s.jobs {", "range s.jobs"],
  ["for range ticker.C {", "range ticker.C"],
  ["c.mu.Lock()", "lock c.mu"],
  ["defer c.mu.RLock()", "lock c.mu"],
  ["s.Lock()", "lock s"],
  ["wg.Wait()", "wait wg"],
  ["err := g.Wait() // all of them", "wait g"],
  ["time.Sleep(time.Second)", "call time"],
  ["x := 1 // ch <- v", undefined],
  ['s := "ch <- v"', undefined],
  ["var c chan<- int", undefined],
  ["var c <-chan int", undefined],
])("`%s` is read as: %s", (line, expected) => {
  expect(summary(line)).toBe(expected);
});

test.each([
  ["out <- <-in", { state: "chan receive" }, "receive in"],
  ["out <- <-in", { state: "chan send" }, "send out"],
  ["for v := range merge(<-a) {", { state: "chan receive, 2 minutes" }, "range merge(<-a)"],
  ["c.mu.Lock(); wg.Wait()", { state: "sync.WaitGroup.Wait" }, "lock c.mu"],
  ["once.Do(load(a.get()))", { callee: "sync.(*Once).Do" }, "call once"],
  ["once.Do(load(a.get()))", { callee: "example.com/x.load[...]" }, "call"],
])("of several things on the line `%s`, %o is the one that counts", (line, hint, expected) => {
  expect(summary(line, hint)).toBe(expected);
});

const SELECT = `package p

func (s *server) loop(ctx context.Context) {
	for {
		select {
		case job, ok := <-s.jobs:
			select {
			case <-nested:
			default:
			}
			_ = func() { select { case <-time.After(d): } }
		case s.out <- result{a: <-x}:
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}
`;

function select(cases: string): GoStatement {
  const found = goStatementAt(`package p\nfunc f() {\n\tselect {\n${cases}\n\t}\n}\n`, 2);
  if (!found) throw new Error("no select");
  return found;
}

test("a select tells its own cases, not those of a select within", () => {
  const found = goStatementAt(SELECT, 4);
  expect(found?.cases.map(({ kind, channel }) => `${kind} ${channel.text}`)).toEqual([
    "receive s.jobs",
    "send s.out",
    "receive ctx.Done()",
    "receive time.After(time.Second)",
  ]);
  expect(found?.hasDefault).toBe(false);
});

test("a select's ways out are known by their names", () => {
  expect(sourceFactOf(goStatementAt(SELECT, 4)!)).toEqual({
    syntax: "select",
    hasDefault: false,
    hasTimer: true,
    hasDone: true,
    isForContext: false,
  });
  expect(sourceFactOf(select("case <-a:\ndefault:"))).toMatchObject({
    hasDefault: true,
    hasTimer: false,
    hasDone: false,
  });
  expect(sourceFactOf(select("case <-t.C:"))).toMatchObject({ hasTimer: true });
  expect(sourceFactOf(select("case <-s.stopCh:"))).toMatchObject({ hasDone: true });
  expect(sourceFactOf(select("case done <- v:"))).toMatchObject({ hasDone: false });
  expect(sourceFactOf(select("case <-orders:\ncase <-s.abandoned:"))).toMatchObject({
    hasTimer: false,
    hasDone: false,
  });
  expect(sourceFactOf(goStatementAt("c.mu.Lock()", 0)!)).toMatchObject({ syntax: "other" });
  expect(sourceFactOf(goStatementAt("<-s.ctx.Done()", 0)!)).toMatchObject({ isForContext: true });
  expect(sourceFactOf(goStatementAt("<-s.done", 0)!)).toMatchObject({ isForContext: false });
  expect(sourceFactOf(select("case <-ctx.Done():"))).toMatchObject({ isForContext: false });
});

test("the operand's place is that of the name whose uses are wanted", () => {
  const places = ["\ts.mu.Lock()", "\treturn <-q.ch", "\ttable[key(a)].out <- v", "\t<-ctx.Done()"].map((line) => {
    const { operand } = goStatementAt(line, 0)!;
    return line.slice(operand!.column).match(/^\w+/)?.[0];
  });
  expect(places).toEqual(["mu", "ch", "out", "Done"]);
});

test("an unfinished source and a line beyond its end have nothing to say, and do no harm", () => {
  expect(goStatementAt("select {", 0)?.kind).toBe("select");
  expect(goStatementAt("ch <-", 0)).toEqual(expect.objectContaining({ kind: "send" }));
  expect(goStatementAt("<-", 0)).toBeUndefined();
  expect(goStatementAt("a", 7)).toBeUndefined();
  expect(goStatementAt("", 0)).toBeUndefined();
});
