import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

const SLEEPING = "1 [sleep] time.Sleep < main.main@sleep";

interface Sites {
  readonly type?: string;
  readonly make?: string;
  readonly more?: string;
}

/** Objects that bound their calls with a channel of their own; one way out forgets to leave it. */
const program = ({
  type = "slots chan int",
  make = "return &Site{slots: make(chan int, 3)}",
  more = "",
}: Sites = {}) => `
type Site struct {
	${type}
}

func New() *Site {
	${make}
}
func (s *Site) Fetch() {
	s.slots <- 1 // @enter
	time.Sleep(time.Second) // @work
	<-s.slots
}
func scrape(s *Site) {
	s.Fetch() // @call
}
${more}
func main() {
	go scrape(New()) // @one
	go scrape(New()) // @two
	time.Sleep(time.Hour) // @sleep
}
`;

const [MINE, OTHER] = ["0xc000010000", "0xc000020000"];
const waiting = (site: string) =>
  `7 [chan send] main.(*Site).Fetch(${site})@enter < main.scrape@call by main.main@one in 1`;
const working = (site: string) =>
  `9 [sleep] time.Sleep < main.(*Site).Fetch(${site})@work < main.scrape@call by main.main@two in 1`;

describe("a channel that each object makes for itself", () => {
  test("is not served by a call on another object", () => {
    expect(confinedGoroutines(program(), [SLEEPING, waiting(MINE), working(OTHER)])).toEqual([7]);
    expect(confinedGoroutines(program(), [SLEEPING, waiting(MINE), working(MINE)])).toEqual([]);
  });

  test("may be, where Go does not print for sure whose call it is", () => {
    for (const unsure of [`${OTHER}?`, "...", "0x5", "0x0"]) {
      expect(confinedGoroutines(program(), [SLEEPING, waiting(MINE), working(unsure)])).toEqual([]);
      expect(confinedGoroutines(program(), [SLEEPING, waiting(unsure), working(OTHER)])).toEqual([]);
    }
  });

  test("is one of its own as well when it is set behind the making of the object", () => {
    const make = "s := &Site{}\n\ts.slots = make(chan int, 3)\n\treturn s";
    expect(confinedGoroutines(program({ make }), [SLEEPING, waiting(MINE), working(OTHER)])).toEqual([7]);
  });
});

/** As {@link program}, with a function that makes the channels. */
const madeBy = (body: string, more = "") => ({
  make: "return &Site{slots: newSlots(3)}",
  more: `${more}\nfunc newSlots(n int) chan int {\n\t${body}\n}`,
});

/** Gates with a Cond each. */
const gates = (made: string) => `
type Gate struct { mu sync.Mutex; open bool; moved *sync.Cond }
func New() *Gate {
	g := &Gate{}
	g.moved = ${made}
	return g
}
var shared = sync.NewCond(&sync.Mutex{})
func (g *Gate) Wait() {
	g.mu.Lock()
	for !g.open {
		g.moved.Wait() // @wait
	}
	g.mu.Unlock()
}
func (g *Gate) Open() {
	time.Sleep(time.Second) // @work
	g.moved.Broadcast()
}
func main() {
	for range 2 {
		g := New()
		go g.Wait() // @one
		go g.Open() // @two
	}
	time.Sleep(time.Hour) // @sleep
}`;
const opening = (gate: string) => `9 [sleep] time.Sleep < main.(*Gate).Open(${gate})@work by main.main@two in 1`;

describe("a channel that a function makes for each object", () => {
  test.each<[string, Sites]>([
    ["at once", madeBy("return make(chan int, n)")],
    ["and fills", madeBy("c := make(chan int, n)\n\tc <- 1\n\t<-c\n\treturn c")],
    [
      "that is set later",
      { ...madeBy("return make(chan int, n)"), make: "s := &Site{}\n\ts.slots = newSlots(3)\n\treturn s" },
    ],
  ])("is one of its own: %s", (_, one) => {
    expect(confinedGoroutines(program(one), [SLEEPING, waiting(MINE), working(OTHER)])).toEqual([7]);
    expect(confinedGoroutines(program(one), [SLEEPING, waiting(MINE), working(MINE)])).toEqual([]);
  });

  test.each<[string, Sites]>([
    ["the function hands out one", madeBy("return shared", "var shared = make(chan int, 3)")],
    [
      "the function may hand out one",
      madeBy("if n > 2 {\n\t\treturn shared\n\t}\n\treturn make(chan int, n)", "var shared = make(chan int, 3)"),
    ],
    [
      "the function keeps the last one",
      madeBy("if last == nil {\n\t\tlast = make(chan int, n)\n\t}\n\treturn last", "var last chan int"),
    ],
    [
      "the function may be another one",
      {
        make: "return &Site{slots: slots(3)}",
        more: "var shared = make(chan int, 3)\nvar slots = func(n int) chan int { return make(chan int, n) }\nfunc share() { slots = func(int) chan int { return shared } }",
      },
    ],
    [
      "a variable has it",
      { make: "c := make(chan int, 3)\n\tmore = &Site{slots: c}\n\treturn &Site{slots: c}", more: "var more *Site" },
    ],
  ])("is shared: %s", (_, one) => {
    expect(confinedGoroutines(program(one), [SLEEPING, waiting(MINE), working(OTHER)])).toEqual([]);
  });

  test("is one of its own when it is a Cond", () => {
    const wait = `7 [sync.Cond.Wait] sync.(*Cond).Wait < main.(*Gate).Wait(${MINE})@wait by main.main@one in 1`;
    expect(confinedGoroutines(gates("sync.NewCond(&g.mu)"), [SLEEPING, wait, opening(OTHER)])).toEqual([7]);
    expect(confinedGoroutines(gates("sync.NewCond(&g.mu)"), [SLEEPING, wait, opening(MINE)])).toEqual([]);
    expect(confinedGoroutines(gates("shared"), [SLEEPING, wait, opening(OTHER)])).toEqual([]);
  });
});

describe("a channel that a variable has until the object is given it", () => {
  test.each<[string, Sites]>([
    ["made at once", { make: "slots := make(chan int, 3)\n\treturn &Site{slots: slots}" }],
    [
      "made in each round",
      {
        make: "var s *Site\n\tfor range 2 {\n\t\tslots := make(chan int, 3)\n\t\ts = &Site{slots: slots}\n\t}\n\treturn s",
      },
    ],
    [
      "made by a function",
      { ...madeBy("return make(chan int, n)"), make: "slots := newSlots(3)\n\ts := &Site{slots: slots}\n\treturn s" },
    ],
    ["set later", { make: "slots := make(chan int, 3)\n\ts := &Site{}\n\ts.slots = slots\n\treturn s" }],
    [
      "with another one that has its own",
      {
        make: "slots := make(chan int, 3)\n\tmore = &Site{slots: make(chan int)}\n\treturn &Site{slots: slots}",
        more: "var more *Site",
      },
    ],
  ])("is one of its own: %s", (_, one) => {
    expect(confinedGoroutines(program(one), [SLEEPING, waiting(MINE), working(OTHER)])).toEqual([7]);
    expect(confinedGoroutines(program(one), [SLEEPING, waiting(MINE), working(MINE)])).toEqual([]);
  });

  test.each<[string, Sites]>([
    [
      "in each round",
      {
        make: "slots := make(chan int, 3)\n\tvar s *Site\n\tfor range 2 {\n\t\ts = &Site{slots: slots}\n\t}\n\treturn s",
      },
    ],
    [
      "in a literal function",
      {
        make: "slots := make(chan int, 3)\n\tmake := func() *Site { return &Site{slots: slots} }\n\tmake()\n\treturn make()",
      },
    ],
    [
      "by going back",
      {
        make: "slots := make(chan int, 3)\n\tvar n int\nagain:\n\ts := &Site{slots: slots}\n\tif n++; n < 2 {\n\t\tgoto again\n\t}\n\treturn s",
      },
    ],
    [
      "in two places",
      {
        make: "slots := make(chan int, 3)\n\tif len(os.Args) > 1 {\n\t\tmore = &Site{slots: slots}\n\t}\n\treturn &Site{slots: slots}",
        more: "var more *Site",
      },
    ],
    [
      "by a literal and later",
      {
        make: "slots := make(chan int, 3)\n\tmore = &Site{slots: slots}\n\ts := &Site{}\n\ts.slots = slots\n\treturn s",
        more: "var more *Site",
      },
    ],
    [
      "when it has another one's",
      { make: "slots := more.slots\n\treturn &Site{slots: slots}", more: "var more = &Site{slots: make(chan int, 3)}" },
    ],
    [
      "when it may keep the last one",
      {
        make: "var s *Site\n\tvar slots chan int\n\tfor range 2 {\n\t\tif slots == nil {\n\t\t\tslots = make(chan int, 3)\n\t\t}\n\t\ts = &Site{slots: slots}\n\t}\n\treturn s",
      },
    ],
    [
      "through a parameter",
      {
        make: "slots := make(chan int, 3)\n\twith(slots)\n\treturn with(slots)",
        more: "func with(slots chan int) *Site { return &Site{slots: slots} }",
      },
    ],
  ])("is shared: %s", (_, one) => {
    expect(confinedGoroutines(program(one), [SLEEPING, waiting(MINE), working(OTHER)])).toEqual([]);
  });
});

describe("objects may share a channel", () => {
  test.each<[string, Sites]>([
    ["that they are given", { make: "return &Site{slots: shared}", more: "var shared = make(chan int, 3)" }],
    ["in the order of the fields", { make: "return &Site{shared}", more: "var shared = make(chan int, 3)" }],
    ["that is set later", { more: "func (s *Site) join(o *Site) { s.slots = o.slots }" }],
    ["when one is a copy", { more: "func (s *Site) clone() *Site { c := *s; return &c }" }],
    ["when values of the type are kept", { more: "var sites []Site\nfunc first() *Site { return &sites[0] }" }],
    ["when a list of values may grow", { more: "func many() *Site { all := make([]Site, 2); return &all[0] }" }],
    ["when a list of values is written out", { more: "func none() *Site { return &[]Site{}[0] }" }],
    ["when they are part of another struct", { more: "type Pair struct { a, b Site }" }],
    ["when a literal is a value", { more: "func value() any { return Site{slots: make(chan int, 3)} }" }],
    [
      "in a list of literals",
      { more: "var shared = make(chan int, 3)\nvar all = []*Site{{slots: shared}, {slots: shared}}" },
    ],
  ])("%s", (_, sites) => {
    expect(confinedGoroutines(program(sites), [SLEEPING, waiting(MINE), working(OTHER)])).toEqual([]);
  });
});
