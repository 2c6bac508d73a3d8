import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** A cache whose callers wait for the one that loads; `more` may break that each cache keeps its calls to itself. */
const caches = (more = "", load = "c.load(key, f) // @load") => `
type call struct {
	done  chan struct{}
	value string
}
type Cache struct {
	mu    sync.Mutex
	calls map[string]*call
}
func New() *Cache { return &Cache{calls: map[string]*call{}} }
func (c *Cache) Get(key string) string {
	c.mu.Lock()
	if f, ok := c.calls[key]; ok {
		c.mu.Unlock()
		<-f.done // @wait
		return f.value
	}
	f := &call{done: make(chan struct{})}
	c.calls[key] = f
	c.mu.Unlock()
	${load}
	return f.value
}
func (c *Cache) load(key string, f *call) {
	time.Sleep(1) // @sleep
	close(f.done)
}
func (c *Cache) Cancel(key string) {
	f := c.calls[key]
	time.Sleep(1) // @cancel
	close(f.done)
}
func main() {
	a, b := New(), New()
	for _, c := range []*Cache{a, b} {
		go c.Get("x") // @go
		go c.Cancel("x") // @goCancel
	}
	select {} // @main
}
${more}
`;

const MAIN = "1 [select (no cases)] main.main@main";
const WAITS = "7 [chan receive] main.(*Cache).Get(0xc000010000)@wait by main.main@go in 1";
const cancels = (id: number, cache: string) =>
  `${id} [sleep] time.Sleep < main.(*Cache).Cancel(${cache})@cancel by main.main@goCancel in 1`;
const OTHER = cancels(8, "0xc000020000");
/** Of the clients below. */
const answers = (client: string) =>
  `8 [sleep] time.Sleep < main.(*Client).answer(${client})@answer < main.(*Client).read(${client})@read by main.Dial@go in 1`;

describe("what an object keeps in a map of its own", () => {
  test("is nothing that a method of another object gets at", () => {
    expect(confinedGoroutines(caches(), [MAIN, WAITS, OTHER])).toEqual([7]);
  });

  test("is not known of a map that a function makes: it may have something in it", () => {
    const more = `
var shared = &call{done: make(chan struct{})}
func newCalls() map[string]*call { return map[string]*call{"x": shared} }`;
    const source = caches(more).replace("&Cache{calls: map[string]*call{}}", "&Cache{calls: newCalls()}");
    expect(confinedGoroutines(source, [MAIN, WAITS, OTHER])).toEqual([]);
  });

  test("may be what a method of the same object has", () => {
    expect(confinedGoroutines(caches(), [MAIN, WAITS, OTHER, cancels(9, "0xc000010000")])).toEqual([]);
  });

  test("may be what somebody has whose object the dump does not tell for sure", () => {
    expect(confinedGoroutines(caches(), [MAIN, WAITS, cancels(8, "0xc000020000?")])).toEqual([]);
  });

  test("are channels as well, and what a method gives another one of its own object", () => {
    const clients = `
type Client struct {
	pending map[int]chan string
	in      chan int
}
func Dial() *Client {
	c := &Client{pending: make(map[int]chan string), in: make(chan int)}
	go c.read() // @go
	return c
}
func (c *Client) read() {
	for id := range c.in {
		ch := c.pending[id]
		time.Sleep(1) // @read
		c.answer(ch)
	}
}
func (c *Client) answer(ch chan string) {
	time.Sleep(1) // @answer
	ch <- "yes"
}
func (c *Client) Call(id int) string {
	ch := make(chan string)
	c.pending[id] = ch
	c.in <- id
	return <-ch // @call
}
func main() {
	for i := 0; i < 2; i++ {
		c := Dial()
		go c.Call(i) // @goCall
	}
	select {} // @main
}`;
    const waits = "7 [chan receive] main.(*Client).Call(0xc000010000)@call by main.main@goCall in 1";

    expect(confinedGoroutines(clients, [MAIN, waits, answers("0xc000020000")])).toEqual([7]);
    expect(confinedGoroutines(clients, [MAIN, waits, answers("0xc000010000")])).toEqual([]);
  });
});

describe("an object does not keep to itself", () => {
  test.each([
    [
      "what another object is given",
      `func (c *Cache) Adopt(key string, f *call) { c.calls[key] = f }
func adopt(a, b *Cache) { b.Adopt("x", a.calls["x"]) }`,
    ],
    [
      "what a method puts into another object",
      `func (c *Cache) share(other *Cache) { other.calls["x"] = c.calls["x"] }`,
    ],
    [
      "what a function puts in",
      `func put(c *Cache, f *call) { c.calls["x"] = f }
var shared = &call{done: make(chan struct{})}
func init() { put(New(), shared) }`,
    ],
    ["a map that is given to others", `func (c *Cache) merge(other *Cache) { other.calls = c.calls }`],
    [
      "a map in which another variable puts something",
      `func (c *Cache) fill(to map[string]*call) { to["x"] = c.calls["x"] }
func (c *Cache) fillOther(other *Cache) { c.fill(other.calls) }`,
    ],
    [
      "a channel that several of its values may have",
      `func (c *Cache) again(f *call) { c.calls["y"] = &call{done: f.done} }`,
    ],
  ])("%s", (_, more) => {
    expect(confinedGoroutines(caches(more), [MAIN, WAITS, OTHER])).toEqual([]);
  });
});

/** Sessions with the calls that each has open, by name; `more` may break that a server keeps them to itself. */
const servers = (more = "", add = "s.add(name, c)") => `
type call struct { done chan struct{} }
type Server struct {
	mu    sync.Mutex
	calls map[string]map[int]*call
}
func New() *Server { return &Server{calls: make(map[string]map[int]*call)} }
func (s *Server) add(name string, c *call) {
	open := s.calls[name]
	if open == nil {
		open = make(map[int]*call)
		s.calls[name] = open
	}
	open[len(open)] = c
}
func (s *Server) Call(name string) {
	c := &call{done: make(chan struct{})}
	${add}
	<-c.done // @wait
}
func (s *Server) Finish(name string) {
	for _, c := range s.calls[name] {
		time.Sleep(1) // @finish
		close(c.done)
	}
}
func (s *Server) FinishOne(name string, id int) {
	c := s.calls[name][id]
	time.Sleep(1) // @one
	close(c.done)
}
func main() {
	a, b := New(), New()
	for _, s := range []*Server{a, b} {
		go s.Call("x") // @go
		go s.Finish("x") // @goFinish
		go s.FinishOne("x", 1) // @goOne
	}
	select {} // @main
}
${more}
`;
const CALLS = "7 [chan receive] main.(*Server).Call(0xc000010000)@wait by main.main@go in 1";
const finishes = (server: string) => [
  `8 [sleep] time.Sleep < main.(*Server).Finish(${server})@finish by main.main@goFinish in 1`,
  `9 [sleep] time.Sleep < main.(*Server).FinishOne(${server})@one by main.main@goOne in 1`,
];

describe("what an object keeps in maps of a map", () => {
  test.each([
    ["by a method", "s.add(name, c)"],
    ["by a literal", "s.calls[name] = map[int]*call{}\n\ts.calls[name][0] = c\n\ts.add(name, c)"],
  ])("is nothing that a method of another object gets at: put there %s", (_, add) => {
    expect(confinedGoroutines(servers("", add), [MAIN, CALLS, ...finishes("0xc000020000")])).toEqual([7]);
    expect(confinedGoroutines(servers("", add), [MAIN, CALLS, finishes("0xc000010000")[0]!])).toEqual([]);
    expect(confinedGoroutines(servers("", add), [MAIN, CALLS, finishes("0xc000010000")[1]!])).toEqual([]);
  });

  test.each([
    ["a map is given to another object", 'func (s *Server) lend(o *Server) { o.calls["x"] = s.calls["x"] }'],
    ["a map is taken from another object", 'func (s *Server) borrow(o *Server) { s.calls["x"] = o.calls["x"] }'],
    [
      "a function fills a map",
      'func fill(m map[int]*call, o *Server) { m[0] = o.calls["x"][0] }\nfunc (s *Server) mix(o *Server) { fill(s.calls["x"], o) }',
    ],
    [
      "a method puts in what another object has",
      'func (s *Server) copy(o *Server) {\n\tm := s.calls["x"]\n\tm[1] = o.calls["x"][1]\n}',
    ],
    [
      "a map is written out with it",
      'func (s *Server) with(c *call) { s.calls["x"] = map[int]*call{0: c} }\nfunc mix(a *Server, c *call) { a.with(c) }',
    ],
    ["a map of a variable is shared", 'var m = map[int]*call{}\nfunc (s *Server) share() { s.calls["x"] = m }'],
  ])("may be another object's as well when %s", (_, more) => {
    expect(confinedGoroutines(servers(more), [MAIN, CALLS, ...finishes("0xc000020000")])).toEqual([]);
  });
});
