import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

interface Parts {
  readonly tenant?: string;
  /** What makes a queue, and a tenant. */
  readonly queue?: string;
  readonly make?: string;
  /** What who closes a queue waits for. */
  readonly close?: string;
  readonly session?: string;
  readonly more?: string;
}

/** Tenants that have a queue each: who waits at a queue is served through its tenant. */
const program = ({
  tenant = "q *Queue",
  queue = "q := &Queue{}\n\tq.ready = make(chan int)\n\treturn q",
  make = "return &tenant{q: newQueue()}",
  close = "q.done.Wait() // @close",
  session = "t.q.Close() // @end",
  more = "",
}: Parts = {}) => `
type Queue struct {
	ready chan int
	done  sync.WaitGroup
}
type tenant struct {
	${tenant}
}

func newQueue() *Queue {
	${queue}
}
func newTenant() *tenant {
	${make}
}
func (q *Queue) Work() {
	q.done.Add(1)
	go q.worker() // @start
}
func (q *Queue) worker() {
	defer q.done.Done()
	for {
		<-q.ready // @pop
	}
}
func (q *Queue) Push() {
	time.Sleep(time.Second) // @slow
	q.ready <- 1 // @put
}
func (q *Queue) Close() {
	${close}
}
func (t *tenant) session() {
	${session}
}
func (t *tenant) produce() {
	for {
		time.Sleep(time.Second) // @pause
		t.q.Push() // @push
	}
}
func (t *tenant) finish() {
	time.Sleep(time.Second) // @last
	t.q.Push() // @final
}
${more}
func main() {
	for i := 0; i < 4; i++ {
		t := newTenant()
		t.q.Work()
		go t.session() // @one
		go t.produce() // @two
		go t.finish() // @three
	}
	time.Sleep(time.Hour) // @sleep
}
`;

/** The same with a field that code outside could set. */
const open = (more: string) =>
  program({ tenant: "Q *Queue", more })
    .replace(/\bt\.q\b/g, "t.Q")
    .replace("{q:", "{Q:");

const SLEEPING = "1 [sleep] time.Sleep < main.main@sleep";
const [MINE, ITS, OTHER, THIRD] = ["0xc000010000", "0xc000020000", "0xc000030000", "0xc000040000"];

const worker = (queue = ITS) => `7 [chan receive] main.(*Queue).worker(${queue})@pop by main.(*Queue).Work@start in 1`;
const closing = (tenant = MINE, queue = ITS) =>
  `8 [sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < main.(*Queue).Close(${queue})@close < main.(*tenant).session(${tenant})@end by main.main@one in 1`;
const producing = (tenant = OTHER) =>
  `9 [sleep] time.Sleep < main.(*tenant).produce(${tenant})@pause by main.main@two in 1`;
const pushing = (tenant = OTHER, queue = THIRD) =>
  `9 [sleep] time.Sleep < main.(*Queue).Push(${queue})@slow < main.(*tenant).produce(${tenant})@push by main.main@two in 1`;

const running = (tenant: string) =>
  `9 [sleep] time.Sleep < main.(*tenant).run(${tenant})@nap by main.(*tenant).start@four in 1`;

const found = (parts: Parts, ...goroutines: readonly string[]) =>
  confinedGoroutines(program(parts), [SLEEPING, ...goroutines]);

/** What is found when those who show the pair stand in code of their own. */
const gone = (close: string, session?: string) => {
  const parts = session === undefined ? { close } : { close, session };
  return found(parts, worker(), closing().replace("sync.WaitGroup.Wait", "sleep"), producing());
};

const UNSURE = (address: string) => [`${address}?`, "...", "0x5"];

describe("an object that another one has in a field", () => {
  test("is out of reach for those that have something else there", () => {
    expect(found({}, worker(), closing(), producing())).toEqual([7, 8]);
    expect(found({}, worker(), closing(), producing(MINE))).toEqual([]);
  });

  test("may be within reach where no stack shows who has it", () => {
    expect(found({}, worker(), producing())).toEqual([]);
    expect(found({}, worker(THIRD), closing(), producing())).not.toContain(7);
  });

  test("may be, where Go prints no address for sure", () => {
    for (const address of UNSURE(MINE)) expect(found({}, worker(), closing(address), producing())).toEqual([]);
    for (const address of UNSURE(ITS)) expect(found({}, worker(), closing(MINE, address), producing())).toEqual([]);
    for (const address of UNSURE(ITS)) expect(found({}, worker(address), closing(), producing())).toEqual([]);
    for (const address of UNSURE(OTHER)) expect(found({}, worker(), closing(), producing(address))).toEqual([]);
  });

  test("may be, where stacks disagree about who has it", () => {
    const stacks = [worker(), closing(), closing(THIRD).replace("8", "10")];
    expect(found({}, ...stacks, producing())).toEqual([]);
  });

  test("is out of reach for those who show that they have another one for good", () => {
    expect(found({}, worker(), pushing())).toEqual([7]);
    expect(found({}, worker(), pushing(OTHER, ITS))).toEqual([]);
    for (const address of UNSURE(THIRD)) expect(found({}, worker(), pushing(OTHER, address))).toEqual([]);
    for (const address of UNSURE(OTHER)) expect(found({}, worker(), pushing(address))).toEqual([]);
  });

  test("may be within reach for those who showed another one, when the field can be set again", () => {
    const make = "t := &tenant{}\n\tt.q = newQueue()\n\treturn t";
    expect(found({ make }, worker(), pushing())).toEqual([]);
    expect(found({ make }, worker(), closing(), pushing())).toEqual([7, 8]);
  });

  test("may be gone, and another one be at its address, when no call needs it any more", () => {
    expect(gone("q.done.Add(1)\n\ttime.Sleep(time.Hour) // @close")).toEqual([]);
    expect(gone("if q.ready != nil {\n\t\ttime.Sleep(time.Hour) // @close\n\t}")).toEqual([]);
    expect(gone("defer close(q.ready)\n\ttime.Sleep(time.Hour) // @close")).toEqual([]);
    expect(gone("for {\n\t\tq.done.Add(1)\n\t\ttime.Sleep(time.Hour) // @close\n\t\tbreak\n\t}")).toEqual([]);
    expect(gone("if q == nil {\n\t\tdefer q.done.Done()\n\t}\n\ttime.Sleep(time.Hour) // @close")).toEqual([]);
    expect(gone("defer q.done.Wait()\n\ttime.Sleep(time.Hour) // @close")).toEqual([7]);
    expect(gone("time.Sleep(time.Hour) // @close\n\tq.done.Wait()")).toEqual([7]);
    expect(gone("for {\n\t\ttime.Sleep(time.Hour) // @close\n\t\tq.done.Add(0)\n\t}")).toEqual([7]);
    expect(gone("time.Sleep(time.Hour) // @close", "for {\n\t\tt.q.Close() // @end\n\t}")).toEqual([7]);
    expect(gone("time.Sleep(time.Hour) // @close", "for {\n\t\tt.q.Close() // @end\n\t\treturn\n\t}")).toEqual([]);
    expect(gone("time.Sleep(time.Hour) // @close", "defer t.q.Close()\n\tt.q.Close() // @end")).toEqual([]);
  });
});

describe("an object that is no more needed by the call that shows it", () => {
  const more = `
func (q *Queue) Take() { <-q.ready }
func (t *tenant) run() {
	for {
		time.Sleep(time.Second) // @nap
		t.q.Take()
	}
}
func direct(q *Queue) {
	q.Push() // @direct
}
func (t *tenant) start() {
	go t.run() // @four
	go direct(t.q) // @five
}
func (q *Queue) Twice() {
	q.Push() // @twice
}
func (t *tenant) more() {
	t.q.Twice() // @more
}`;
  const sending = "8 [chan send] main.(*Queue).Push(0xc000020000)@put <";
  const finishing = `${sending} main.(*tenant).finish(${MINE})@final by main.main@three in 1`;
  const deeper = `${sending} main.(*Queue).Twice(${ITS})@twice < main.(*tenant).more(${MINE})@more`;
  const direct = `${sending} main.direct(${ITS})@direct by main.(*tenant).start@five in 1`.replace("8", "10");

  test("is what the same goroutine waits for nevertheless", () => {
    for (const stack of [finishing, deeper]) {
      expect(found({ more }, stack, running(OTHER))).toEqual([8]);
      expect(found({ more }, stack, running(MINE))).toEqual([]);
    }
  });

  test("is not told apart where its holder waits for what it has", () => {
    const drain = `${more}
func (t *tenant) drain() {
	t.q.ready <- 1 // @drain
}`;
    const draining = `8 [chan send] main.(*tenant).drain(${MINE})@drain`;
    expect(found({ more: drain }, draining, running(OTHER))).toEqual([]);
  });

  test("may be another one than that at the same address for which others wait", () => {
    expect(found({ more }, direct, running(OTHER))).toEqual([]);
    expect(found({ more }, finishing, direct, running(OTHER))).toEqual([8]);
    expect(found({ more }, finishing, direct, running(MINE))).toEqual([]);
  });
});

describe("objects may have the same in a field", () => {
  test.each<[string, Parts]>([
    ["that they are given", { make: "return &tenant{q: shared}", more: "var shared = newQueue()" }],
    [
      "that is made once for several",
      { make: "var t *tenant\n\tq := newQueue()\n\tfor range 2 {\n\t\tt = &tenant{q: q}\n\t}\n\treturn t" },
    ],
    ["that one takes from another", { more: "func (t *tenant) join(o *tenant) { t.q = o.q }" }],
    ["that they swap", { more: "func swap(a, b *tenant) { a.q, b.q = b.q, a.q }" }],
    ["that is set through a pointer", { more: "func set(a, b *tenant) { p := &a.q; *p = b.q }" }],
    ["when one is a copy", { more: "func (t *tenant) clone() *tenant { c := *t; return &c }" }],
    ["when values of the type are kept", { more: "var all []tenant\nfunc first() *tenant { return &all[0] }" }],
    ["when a call hands out the same", { queue: "return shared", more: "var shared = &Queue{ready: make(chan int)}" }],
    [
      "when a call may hand out the same",
      {
        queue: "if last != nil {\n\t\treturn last\n\t}\n\tq := &Queue{ready: make(chan int)}\n\tlast = q\n\treturn q",
        more: "var last *Queue",
      },
    ],
    [
      "when a function that is not known makes it",
      { make: "return &tenant{q: hook()}", more: "var hook = lib.Hook(newQueue)" },
    ],
    ["when two queues have one channel", { more: "func (q *Queue) share(o *Queue) { q.ready = o.ready }" }],
    ["when the receiver is set anew", { session: "t = newTenant()\n\tt.q.Close() // @end" }],
    [
      "when the receiver is set anew through a pointer",
      { session: "p := &t\n\t*p = newTenant()\n\tt.q.Close() // @end" },
    ],
    [
      "when a call gives the one whose it is",
      { session: "t.Done().q.Close() // @end", more: "func (t *tenant) Done() *tenant { return newTenant() }" },
    ],
    [
      "when a function of another package may make it",
      { make: "return &tenant{q: hook()}", more: "var hook = newQueue\nfunc set() { hook = lib.Hook }" },
    ],
    ["when it is another one's that is called", { session: "u := newTenant()\n\tu.q.Close() // @end" }],
  ])("%s", (_, parts) => {
    expect(found(parts, worker(), closing(), producing())).not.toContain(7);
  });

  test("when code outside may set it", () => {
    const stacks = [SLEEPING, worker(), closing(), producing()];
    expect(confinedGoroutines(open(""), stacks)).toEqual([7, 8]);
    expect(confinedGoroutines(open("func give() { lib.Keep(&tenant{}) }"), stacks)).toEqual([]);
  });
});
