import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** A program that reads from a pipe, and has others read and write for it. */
const COPYING = `
func copying() {
	pr, pw := io.Pipe()
	go io.Copy(pw, os.Stdin) // @copy
	go read(pr) // @goRead
	go http.Get("http://localhost") // @get
	pw.Close()
}
func read(r io.Reader) {
	b := make([]byte, 5)
	r.Read(b) // @read
}
func main() {
	copying() // @call
	time.Sleep(time.Hour) // @sleep
}
`;
const MAIN = "1 [sleep] time.Sleep < main.main@sleep";
const READ = "7 [select] io.(*pipe).read < io.(*PipeReader).Read < main.read@read by main.copying@goRead in 1";
const COPY = "8 [syscall] syscall.read < os.(*File).Read < io.Copy";
const GET = "9 [IO wait] internal/poll.runtime_pollWait < net/http.Get";

test("who waits is lost when nobody is left", () => {
  expect(confinedGoroutines(COPYING, [MAIN, READ])).toEqual([7]);
});

describe("a goroutine that only runs a function of another package", () => {
  test.each([
    ["does what its go statement says", `${COPY} by main.copying@copy in 1`],
    ["does so in a wrapper", `${COPY} < main.copying.gowrap1@copy by main.copying@copy in 1`],
    ["may do what any go statement says where the dump does not tell which one it was", COPY],
  ])("%s", (_, goroutine) => {
    expect(confinedGoroutines(COPYING, [MAIN, READ, goroutine])).toEqual([]);
  });

  test.each([
    ["of another go statement", `${GET} by main.copying@get in 1`],
    ["in a wrapper", `${GET} < main.copying.gowrap3@get by main.copying@get in 1`],
    ["of a library's go statement", `${COPY} by os/exec.(*Cmd).Start in 1`],
  ])("does nothing else, %s", (_, goroutine) => {
    expect(confinedGoroutines(COPYING, [MAIN, READ, goroutine])).toEqual([7]);
  });
});

describe("a goroutine whose function of another package has called the program", () => {
  const program = `
type slow struct{}
func (s *slow) Read([]byte) (int, error) {
	time.Sleep(time.Hour) // @slow
	return 0, io.EOF
}
func main() {
	pr, pw := io.Pipe()
	go io.Copy(pw, &slow{}) // @copy
	go io.Copy(io.Discard, &slow{}) // @discard
	b := make([]byte, 5)
	pr.Read(b) // @read
}
`;
  const reads = "1 [select] io.(*pipe).read < io.(*PipeReader).Read < main.main@read";
  const copies = "8 [sleep] time.Sleep < main.(*slow).Read@slow < io.copyBuffer < io.Copy";

  test.each([
    ["does the rest of its go statement", `${copies} < main.main.gowrap1@copy by main.main@copy in 1`],
    ["may do what any go statement says where the dump does not tell which one it was", copies],
  ])("%s", (_, goroutine) => {
    expect(confinedGoroutines(program, [reads, goroutine])).toEqual([]);
  });

  test.each([
    ["of another go statement", `${copies} < main.main.gowrap2@discard by main.main@discard in 1`],
    ["of a library's go statement", `${copies} by os/exec.(*Cmd).Start in 1`],
  ])("does nothing else, %s", (_, goroutine) => {
    expect(confinedGoroutines(program, [reads, goroutine])).toEqual([1]);
  });
});

test("main is not started by a go statement of the program", () => {
  expect(confinedGoroutines(COPYING, [`${MAIN} < runtime.main < runtime.goexit`, READ])).toEqual([7]);
});

test("who runs the function of `go once.Do(f)` holds the Once", () => {
  const program = `
type lazy struct{ once sync.Once }
func (l *lazy) load() {
	time.Sleep(time.Hour) // @load
}
func (l *lazy) other() {
	time.Sleep(time.Hour) // @other
}
func main() {
	l := &lazy{}
	go l.once.Do(l.load) // @go
	go l.other() // @goOther
	l.once.Do(l.load) // @main
}
`;
  const waits = "1 [sync.Mutex.Lock] sync.(*Mutex).Lock < sync.(*Once).doSlow < sync.(*Once).Do < main.main@main";
  const loads =
    "7 [sleep] time.Sleep < main.(*lazy).load@load < sync.(*Once).doSlow < sync.(*Once).Do by main.main@go in 1";
  const other = "8 [sleep] time.Sleep < main.(*lazy).other@other by main.main@goOther in 1";
  expect(confinedGoroutines(program, [waits, other, loads])).toEqual([]);
  expect(confinedGoroutines(program, [waits, other])).toEqual([1]);
});

test("a frame that may be of any of the literals of a line is none of a go statement's own: the source says nothing", () => {
  const inOneLine = `
func main() {
	ch := make(chan int)
	f := func() {}; g := func() { f() }; f = func() { ch <- 1 }; go func() { time.Sleep(1); g() }() // @go
	<-ch // @wait
}
`;
  const goroutines = [
    "1 [chan receive] main.main@wait",
    "7 [sleep] time.Sleep < main.main.func4@go by main.main@go in 1",
  ];
  expect(confinedGoroutines(inOneLine, goroutines)).toBeUndefined();
  const inLines = inOneLine.replaceAll("; ", "\n\t").replace("time.Sleep(1)", "time.Sleep(1) // @sleep");
  const [main, sleeper] = goroutines;
  expect(confinedGoroutines(inLines, [main!, sleeper!.replace("func4@go", "func4@sleep")])).toEqual([]);
});
