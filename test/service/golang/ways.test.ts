import { expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** How a function gets at a channel that it made. */
interface Way {
  readonly way: string;
  /** At package level. */
  readonly declared: string;
  /** Where the channel has been made. */
  readonly before: string;
  /** When the function goes on, which it has not done yet. */
  readonly behind: string;
}

const program = ({ declared, before, behind }: Omit<Way, "way">) => `
func wait(c chan int) {
	<-c // @wait
}
${declared}
func main() {
	ch := make(chan int)
	${before}
	go wait(ch) // @go
	time.Sleep(time.Hour) // @sleep
	${behind}
}
`;

const confined = (way: Omit<Way, "way">) =>
  confinedGoroutines(program(way), [
    "1 [sleep] time.Sleep < main.main@sleep",
    "7 [chan receive] main.wait@wait by main.main@go in 1",
  ]);

const WAYS: readonly Way[] = [
  {
    way: "ctx value",
    declared: "type key struct{}",
    before: "ctx := context.WithValue(context.Background(), key{}, ch)",
    behind: "ctx.Value(key{}).(chan int) <- 1",
  },
  {
    way: "ctx value passed",
    declared: `type key struct{}
func send(ctx context.Context) { c := ctx.Value(key{}).(chan int); c <- 1 }`,
    before: "ctx := context.WithValue(context.Background(), key{}, ch)",
    behind: "send(ctx)",
  },
  {
    way: "ctx value ok",
    declared: `type key struct{}
func send(ctx context.Context) { if c, ok := ctx.Value(key{}).(chan int); ok { c <- 1 } }`,
    before: "ctx := context.WithValue(context.Background(), key{}, ch)",
    behind: "send(ctx)",
  },
  {
    way: "type switch",
    declared: `func send(x any) { switch v := x.(type) {
 case chan int:
 v <- 1
 } }`,
    before: "",
    behind: "send(ch)",
  },
  {
    way: "generic stack",
    declared: `type stack[T any] struct { items []T }
func (s *stack[T]) push(v T) { s.items = append(s.items, v) }
func (s *stack[T]) pop() T { v := s.items[0]; return v }`,
    before: "s := &stack[chan int]{}; s.push(ch)",
    behind: "s.pop() <- 1",
  },
  { way: "generic func", declared: "func id[T any](v T) T { return v }", before: "x := id(ch)", behind: "x <- 1" },
  {
    way: "generic explicit",
    declared: "func id[T any](v T) T { return v }",
    before: "x := id[chan int](ch)",
    behind: "close(x)",
  },
  {
    way: "generic map",
    declared: "type reg[K comparable, V any] map[K]V",
    before: `r := reg[string, chan int]{}; r["a"] = ch`,
    behind: `r["a"] <- 1`,
  },
  {
    way: "generic constraint method",
    declared: `type sender interface{ send() }
type box struct{ c chan int }
func (b box) send() { b.c <- 1 }
func all[S sender](s ...S) { for _, x := range s { x.send() } }`,
    before: "b := box{ch}",
    behind: "all(b)",
  },
  {
    way: "sync.Map",
    declared: "",
    before: `var m sync.Map; m.Store("a", ch)`,
    behind: `v, _ := m.Load("a"); v.(chan int) <- 1`,
  },
  { way: "atomic.Value", declared: "", before: "var m atomic.Value; m.Store(ch)", behind: "m.Load().(chan int) <- 1" },
  { way: "sync.Pool", declared: "", before: "var m sync.Pool; m.Put(ch)", behind: "m.Get().(chan int) <- 1" },
  { way: "array", declared: "", before: "var a [2]chan int; a[1] = ch", behind: "for _, c := range a { c <- 1 }" },
  { way: "pointer to channel", declared: "", before: "p := &ch", behind: "*p <- 1" },
  {
    way: "pointer to pointer",
    declared: "func set(p *chan int, c chan int) { *p = c }",
    before: "var d chan int; set(&d, ch)",
    behind: "d <- 1",
  },
  {
    way: "struct copy",
    declared: "type box struct{ c chan int }",
    before: "b := &box{ch}; d := *b",
    behind: "d.c <- 1",
  },
  {
    way: "struct by value",
    declared: `type box struct{ c chan int }
func mk(c chan int) box { return box{c} }`,
    before: "d := mk(ch)",
    behind: "d.c <- 1",
  },
  { way: "swap", declared: "", before: "var a, b chan int; a = ch; a, b = b, a", behind: "b <- 1" },
  {
    way: "named result",
    declared: "func mk(c chan int) (out chan int) { out = c; return }",
    before: "d := mk(ch)",
    behind: "d <- 1",
  },
  {
    way: "variadic",
    declared: "func all(cs ...chan int) { for _, c := range cs { c <- 1 } }",
    before: "",
    behind: "all(ch, ch)",
  },
  {
    way: "variadic spread",
    declared: "func all(cs ...chan int) { for _, c := range cs { c <- 1 } }",
    before: "list := []chan int{ch}",
    behind: "all(list...)",
  },
  {
    way: "map of funcs",
    declared: "",
    before: `fs := map[string]func(){}; fs["a"] = func() { ch <- 1 }`,
    behind: `fs["a"]()`,
  },
  {
    way: "slice of funcs",
    declared: "",
    before: "fs := []func(){func() { ch <- 1 }}",
    behind: "for _, f := range fs { f() }",
  },
  {
    way: "func returning func",
    declared: "func mk(c chan int) func() { return func() { c <- 1 } }",
    before: "f := mk(ch)",
    behind: "f()",
  },
  {
    way: "method value",
    declared: `type box struct{ c chan int }
func (b *box) send() { b.c <- 1 }`,
    before: "f := (&box{ch}).send",
    behind: "f()",
  },
  {
    way: "method expression",
    declared: `type box struct{ c chan int }
func (b *box) send() { b.c <- 1 }`,
    before: "f := (*box).send; b := &box{ch}",
    behind: "f(b)",
  },
  {
    way: "embedded interface",
    declared: `type sender interface{ send() }
type box struct{ c chan int }
func (b *box) send() { b.c <- 1 }
type wrap struct{ sender }`,
    before: "w := wrap{&box{ch}}",
    behind: "w.send()",
  },
  {
    way: "embedded struct",
    declared: `type box struct{ c chan int }
func (b *box) send() { b.c <- 1 }
type wrap struct{ *box }`,
    before: "w := wrap{&box{ch}}",
    behind: "w.send()",
  },
  {
    way: "embedded field",
    declared: `type box struct{ c chan int }
type wrap struct{ box }`,
    before: "w := wrap{box{ch}}",
    behind: "w.c <- 1",
  },
  {
    way: "interface any field",
    declared: "type ev struct{ data any }",
    before: "e := ev{ch}",
    behind: "e.data.(chan int) <- 1",
  },
  { way: "chan of chan", declared: "", before: "q := make(chan chan int, 1); q <- ch", behind: "c := <-q; c <- 1" },
  {
    way: "chan of struct",
    declared: "type req struct{ reply chan int }",
    before: "q := make(chan req, 1); q <- req{ch}",
    behind: "r := <-q; r.reply <- 1",
  },
  {
    way: "chan of struct pointer",
    declared: "type req struct{ reply chan int }",
    before: "q := make(chan *req, 1); q <- &req{reply: ch}",
    behind: "for r := range q { r.reply <- 1 }",
  },
  {
    way: "select receive struct",
    declared: "type req struct{ reply chan int }",
    before: "q := make(chan req, 1); q <- req{ch}",
    behind: `select {
case r := <-q:
r.reply <- 1
}`,
  },
  {
    way: "AfterFunc ctx",
    declared: "",
    before: "ctx, cancel := context.WithCancel(context.Background()); context.AfterFunc(ctx, func() { close(ch) })",
    behind: "cancel()",
  },
  {
    way: "finalizer",
    declared: "",
    before: "o := new(int); runtime.SetFinalizer(o, func(*int) { close(ch) })",
    behind: "",
  },
  { way: "OnceFunc", declared: "", before: "f := sync.OnceFunc(func() { close(ch) })", behind: "f()" },
  { way: "wg.Go later", declared: "", before: "var wg sync.WaitGroup", behind: "wg.Go(func() { ch <- 1 })" },
  { way: "go later", declared: "func send(c chan<- int) { c <- 1 }", before: "", behind: "go send(ch)" },
  { way: "conversion", declared: "type out chan<- int", before: "o := out(ch)", behind: "o <- 1" },
  { way: "conversion2", declared: "", before: "o := (chan<- int)(ch)", behind: "o <- 1" },
  {
    way: "container/list",
    declared: "",
    before: "l := list.New(); l.PushBack(ch)",
    behind: "l.Front().Value.(chan int) <- 1",
  },
  {
    way: "range func",
    declared:
      "func all(cs []chan int) func(func(chan int) bool) { return func(yield func(chan int) bool) { for _, c := range cs { if !yield(c) { return } } } }",
    before: "cs := []chan int{ch}",
    behind: "for c := range all(cs) { c <- 1 }",
  },
  {
    way: "map keys",
    declared: "",
    before: "m := map[chan int]bool{}; m[ch] = true",
    behind: "for c := range m { c <- 1 }",
  },
  {
    way: "nested map",
    declared: "",
    before: `m := map[string]map[int]chan int{"a": {1: ch}}`,
    behind: "for _, x := range m { for _, c := range x { c <- 1 } }",
  },
  {
    way: "copy builtin",
    declared: "",
    before: "a := []chan int{ch}; b := make([]chan int, 1); copy(b, a)",
    behind: "b[0] <- 1",
  },
  {
    way: "append spread",
    declared: "",
    before: "a := []chan int{ch}; b := append([]chan int(nil), a...)",
    behind: "b[0] <- 1",
  },
  { way: "slices.Clone", declared: "", before: "a := []chan int{ch}; b := slices.Clone(a)", behind: "b[0] <- 1" },
  {
    way: "maps.Values",
    declared: "",
    before: `a := map[string]chan int{"a": ch}`,
    behind: "for c := range maps.Values(a) { c <- 1 }",
  },
  { way: "closure var assigned", declared: "", before: "var f func(); f = func() { ch <- 1 }", behind: "f()" },
  { way: "defer in closure", declared: "", before: "", behind: "func() { defer close(ch) }()" },
  { way: "if init", declared: "", before: "", behind: "if c := ch; c != nil { c <- 1 }" },
  { way: "anonymous struct", declared: "", before: "s := struct{ c chan int }{ch}", behind: "s.c <- 1" },
  {
    way: "anonymous struct slice",
    declared: "",
    before: "s := []struct{ c chan int }{{ch}}",
    behind: "for _, x := range s { x.c <- 1 }",
  },
  {
    way: "type alias",
    declared: `type C = chan int
func send(c C) { c <- 1 }`,
    before: "",
    behind: "send(ch)",
  },
  { way: "local type", declared: "", before: "type box struct{ c chan int }; b := box{ch}", behind: "b.c <- 1" },
  {
    way: "func type method",
    declared: `type f func()
func (g f) run() { g() }`,
    before: "h := f(func() { ch <- 1 })",
    behind: "h.run()",
  },
  {
    way: "http HandlerFunc",
    declared: "",
    before:
      "h := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { ch <- 1 }); srv := &http.Server{Handler: h}; go srv.ListenAndServe()",
    behind: "",
  },
  {
    way: "http server field",
    declared: "",
    before: "srv := &http.Server{ConnState: func(any, any) { ch <- 1 }}; go srv.ListenAndServe()",
    behind: "",
  },
  {
    way: "http server assigned field",
    declared: "",
    before: "srv := &http.Server{}; srv.ConnState = func(any, any) { ch <- 1 }; go srv.ListenAndServe()",
    behind: "",
  },
  { way: "lib struct field", declared: "", before: "l := &lib.Thing{}; l.C = ch; l.Run()", behind: "" },
  { way: "lib callback", declared: "", before: "lib.On(func() { ch <- 1 })", behind: "" },
  {
    way: "lib interface",
    declared: `type box struct{ c chan int }
func (b *box) OnMessage(string) { b.c <- 1 }`,
    before: "lib.Register(&box{ch})",
    behind: "",
  },
  {
    way: "lib interface embedded",
    declared: `type base struct{ c chan int }
func (b *base) OnMessage(string) { b.c <- 1 }
type box struct{ base }`,
    before: "lib.Register(&box{base{ch}})",
    behind: "",
  },
  { way: "package var fn", declared: "var hook func()", before: "hook = func() { ch <- 1 }", behind: "hook()" },
  {
    way: "package var struct",
    declared: "var cfg struct{ done chan int }",
    before: "cfg.done = ch",
    behind: "close(cfg.done)",
  },
  {
    way: "select send default",
    declared: "",
    before: "",
    behind: `select {
case ch <- 1:
default:
}`,
  },
  {
    way: "labelled",
    declared: "",
    before: "",
    behind: `outer:
for {
for {
ch <- 1
break outer
}
}`,
  },
  {
    way: "ptr embedded mutex cond",
    declared: `type w struct{ ch chan int; once sync.Once }
func (x *w) close() { x.once.Do(func() { close(x.ch) }) }`,
    before: "x := &w{ch: ch}",
    behind: "x.close()",
  },
  {
    way: "recv in struct method via iface slice",
    declared: `type n interface{ notify(int) }
type a struct{ c chan int }
func (x a) notify(v int) { x.c <- v }
type multi []n
func (m multi) notify(v int) { for _, x := range m { x.notify(v) } }`,
    before: "var k n = multi{a{ch}}",
    behind: "k.notify(1)",
  },
  {
    way: "struct pointer in any map",
    declared: "type s struct{ c chan int }",
    before: `m := map[string]any{"x": &s{ch}}`,
    behind: `m["x"].(*s).c <- 1`,
  },
  { way: "unsafe pointer", declared: "", before: "p := unsafe.Pointer(&ch)", behind: "*(*chan int)(p) <- 1" },
  {
    way: "unsafe pointer to a struct",
    declared: `type box struct { n int; c chan int }
type outer struct { n int; b *box }
func send(x *outer) { x.b.c <- 1 }`,
    before: "p := unsafe.Pointer(&outer{b: &box{c: ch}})",
    behind: "send((*outer)(p))",
  },
  {
    way: "unsafe pointer to another struct",
    declared: `type a struct { n int; c chan int }
type b struct { m int; d chan int }`,
    before: "x := (*b)(unsafe.Pointer(&a{c: ch}))",
    behind: "x.d <- 1",
  },
  { way: "first that is not nil", declared: "", before: "c := cmp.Or(nil, ch)", behind: "c <- 1" },
  { way: "slog value", declared: "", before: "v := slog.AnyValue(ch)", behind: "v.Any().(chan int) <- 1" },
  { way: "reflect", declared: "", before: "v := reflect.ValueOf(ch)", behind: "v.Send(reflect.ValueOf(1))" },
  {
    way: "atomic.Pointer",
    declared: "type s struct{ c chan int }",
    before: "var p atomic.Pointer[s]; p.Store(&s{ch})",
    behind: "p.Load().c <- 1",
  },
  {
    way: "json any",
    declared: `type s struct{ c chan int }
func (x *s) UnmarshalJSON([]byte) error { x.c <- 1; return nil }`,
    before: "x := &s{ch}",
    behind: "json.Unmarshal(nil, x)",
  },
  {
    way: "sort",
    declared: `type s []chan int
func (x s) Len() int { x[0] <- 1; return 0 }
func (x s) Less(i, j int) bool { return false }
func (x s) Swap(i, j int) {}`,
    before: "",
    behind: "sort.Sort(s{ch})",
  },
  {
    way: "Stringer",
    declared: `type s struct{ c chan int }
func (x s) String() string { x.c <- 1; return "" }`,
    before: "",
    behind: "fmt.Println(s{ch})",
  },
  {
    way: "io.Writer",
    declared: `type s struct{ c chan int }
func (x s) Write(b []byte) (int, error) { x.c <- 1; return 0, nil }`,
    before: "",
    behind: "fmt.Fprintln(s{ch}, 1)",
  },
  {
    way: "bufio writer kept",
    declared: `type s struct{ c chan int }
func (x s) Write(b []byte) (int, error) { x.c <- 1; return 0, nil }`,
    before: "w := bufio.NewWriter(s{ch})",
    behind: "w.Flush()",
  },
  {
    way: "log writer kept",
    declared: `type s struct{ c chan int }
func (x s) Write(b []byte) (int, error) { x.c <- 1; return 0, nil }`,
    before: "log.SetOutput(s{ch})",
    behind: "",
  },
  {
    way: "multi return passed",
    declared: `func mk(c chan int) (int, chan int) { return 1, c }
func use(n int, c chan int) { c <- n }`,
    before: "",
    behind: "use(mk(ch))",
  },
  {
    way: "return call tuple",
    declared: `func mk(c chan int) (int, chan int) { return 1, c }
func fw(c chan int) (int, chan int) { return mk(c) }`,
    before: "_, d := fw(ch)",
    behind: "d <- 1",
  },
  { way: "slice expr", declared: "", before: "a := []chan int{ch}", behind: "for _, c := range a[0:] { c <- 1 }" },
  { way: "ternary func lit call", declared: "", before: "", behind: "func(c chan int) { c <- 1 }(ch)" },
  {
    way: "struct with func opt",
    declared: `type o struct{ done func() }
func with(f func()) func(*o) { return func(x *o) { x.done = f } }
func build(fs ...func(*o)) *o { x := &o{}; for _, f := range fs { f(x) }; return x }`,
    before: "x := build(with(func() { close(ch) }))",
    behind: "x.done()",
  },
];

test.each(WAYS)("a channel may be served by way of: $way", (way) => {
  expect(confined(way)).toEqual([]);
});

test("a channel is served by nobody when there is no way to it", () => {
  expect(confined({ declared: "", before: "", behind: "" })).toEqual([7]);
});

test.each([
  ["a map whose keys nobody goes through", "m := map[chan int]bool{}; m[ch] = true", "_ = m"],
  ["a tuple that nobody uses", "_, d := 1, ch", "_ = d"],
  ["a range over a function of other values", "", "for range func(yield func(int) bool) { yield(1) } {\n}"],
])("a channel is served by nobody by way of %s", (_, before, behind) => {
  expect(confined({ declared: "", before, behind })).toEqual([7]);
});
