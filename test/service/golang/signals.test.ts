import { describe, expect, test } from "vitest";
import {
  confinedGoroutines,
  foundWith,
  goroutinesWithWayOut,
  lostUntilSignal,
  outnumbered,
} from "../../support/confinedGoroutines.ts";

/** A program that hands letters to a loop until a signal comes; `end` is what main does then. */
function mailing(end = "close(m.quit)", notify = "signal.Notify(sigs)"): string {
  return `
type mailer struct {
	queue chan string
	quit  chan struct{}
	sent  sync.WaitGroup
}
func (m *mailer) run() {
	for {
		select { // @idle
		case <-m.queue:
			time.Sleep(time.Second) // @busy
		case <-m.quit:
			return
		}
	}
}
func (m *mailer) send() {
	defer m.sent.Done()
	select { // @send
	case m.queue <- "":
	case <-m.quit:
	}
}
func (m *mailer) give() {
	m.queue <- "" // @give
}
func (m *mailer) all() {
	m.sent.Add(1)
	go m.send() // @goSend
	m.sent.Wait() // @all
}
func (m *mailer) last() {
	<-m.quit // @last
	<-m.queue
}
func main() {
	m := &mailer{queue: make(chan string), quit: make(chan struct{})}
	go m.run() // @goRun
	go m.all() // @goAll
	go m.give() // @goGive
	go m.last() // @goLast
	sigs := make(chan os.Signal, 1)
	failed := make(chan error)
	go serve(failed) // @goServe
	${notify}
	<-sigs // @main
	select { // @either
	case <-sigs:
	case <-failed:
	}
	${end}
}
func serve(failed chan error) {
	time.Sleep(time.Second) // @serve
	failed <- nil
}
`;
}

const MAIN = "1 [chan receive] main.main@main";
const SEND = "7 [select] main.(*mailer).send@send by main.(*mailer).all@goSend in 8";
const ALL = "8 [sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < main.(*mailer).all@all by main.main@goAll in 1";
const GIVE = "9 [chan send] main.(*mailer).give@give by main.main@goGive in 1";

const TAKER =
  "90 [running] runtime/pprof.writeGoroutineStacks < net/http/pprof.Index < net/http.(*conn).serve by net/http.(*Server).Serve in 1";

describe("who wants to hand something over, and gives up when the program is told to end", () => {
  test("is lost until then when nobody takes it even at the end", () => {
    expect(lostUntilSignal(mailing(), [MAIN, SEND])).toEqual([7]);
    expect(confinedGoroutines(mailing(), [MAIN, SEND])).toEqual([]);
  });

  test("is named, in spite of its way out", () => {
    expect(foundWith(mailing(), [MAIN, SEND, TAKER])).toEqual(["strong leak/untilSignal/select 1"]);
  });

  test("is lost with those that it keeps waiting", () => {
    expect(lostUntilSignal(mailing(), [MAIN, SEND, ALL])).toEqual([7, 8]);
  });

  test("is lost when main closes the channel at the end: that is no way to send", () => {
    expect(lostUntilSignal(mailing("close(m.queue)"), [MAIN, GIVE])).toEqual([9]);
  });

  test.each([
    [
      "its receiver is amid work",
      [MAIN, SEND, "6 [sleep] time.Sleep < main.(*mailer).run@busy by main.main@goRun in 1"],
    ],
    [
      "somebody receives at the end",
      [MAIN, SEND, "6 [chan receive] main.(*mailer).last@last by main.main@goLast in 1"],
    ],
    ["main does not wait for a signal", ["1 [sleep] time.Sleep < main.main@goRun", SEND]],
    [
      "main may go on without a signal",
      ["1 [select] main.main@either", SEND, "5 [sleep] time.Sleep < main.serve@serve by main.main@goServe in 1"],
    ],
  ])("is not when %s", (_, goroutines) => {
    expect(lostUntilSignal(mailing(), goroutines)).toEqual([]);
    expect(confinedGoroutines(mailing(), goroutines)).toEqual([]);
  });

  test.each(["<-m.queue; close(m.quit)", "<-m.queue; close(m.queue)"])("is not when main does %s at the end", (end) => {
    expect(lostUntilSignal(mailing(end), [MAIN, GIVE, SEND])).toEqual([]);
  });

  test("is not when others have the channel of the signals", () => {
    expect(lostUntilSignal(mailing("close(m.quit)", "signal.Notify(sigs); lib.Keep(sigs)"), [MAIN, SEND])).toEqual([]);
  });
});

test("who offers something, and gets news when a signal comes, is not lost", () => {
  const program = `
func offer(get, news chan int, quit chan bool) {
	last := 0
	for {
		select { // @offer
		case get <- last:
		case last = <-news:
		case <-quit:
			return
		}
	}
}
func reload(news chan int) {
	hups := make(chan os.Signal, 1)
	signal.Notify(hups)
	for range hups { // @reload
		news <- 1
	}
}
func main() {
	news, quit := make(chan int), make(chan bool)
	go offer(make(chan int), news, quit) // @goOffer
	go reload(news) // @goReload
	sigs := make(chan os.Signal, 1)
	signal.Notify(sigs)
	<-sigs // @main
	close(quit)
}
`;
  const offers = "7 [select] main.offer@offer by main.main@goOffer in 1";
  const reloads = "8 [chan receive] main.reload@reload by main.main@goReload in 1";
  expect(lostUntilSignal(program, [MAIN, offers, reloads])).toEqual([]);
  expect(confinedGoroutines(program, [MAIN, offers, reloads])).toEqual([]);
  expect(lostUntilSignal(program, [MAIN, offers])).toEqual([7]);
});

/** `to` is what the loop sends on; `more` declares what that needs. */
const relaying = (prepare: string, to: string, more = "", out = "make(chan int)") => `
type relay struct {
	in, out chan int
	items   []int
}
${more}
func (r *relay) run(out chan int, quit chan bool) {
	for {
		${prepare}
		select { // @relay
		case v := <-r.in:
			r.items = append(r.items, v)
		case ${to} <- 1:
		case <-quit:
			return
		}
	}
}
func main() {
	r := &relay{in: make(chan int), out: make(chan int)}
	quit := make(chan bool)
	var none chan int
	if len(os.Args) > 1 {
		none = make(chan int)
	}
	go r.run(${out}, quit) // @goRelay
	sigs := make(chan os.Signal, 1)
	signal.Notify(sigs)
	<-sigs // @main
	close(quit)
	_ = none
}
`;

describe("a loop that sets its channel to nil while it has nothing to hand over", () => {
  const relays = "7 [select] main.(*relay).run@relay by main.main@goRelay in 1";

  test.each([
    ["", "r.out"],
    ["", "out"],
    ["to := r.out", "to"],
    ["to := r.out; if len(r.items) > 9 { to = out }", "to"],
  ])("is none that sends on what is never nil: %s; %s", (prepare, to) => {
    expect(lostUntilSignal(relaying(prepare, to), [MAIN, relays])).toEqual([7]);
  });

  test.each([
    ["is declared only", relaying("var to chan int; if len(r.items) > 0 { to = r.out }", "to")],
    ["is switched off", relaying("to := r.out; if len(r.items) == 0 { to = nil }", "to")],
    ["is a field that is set later", relaying("", "r.out", "func (r *relay) put(to chan int) { r.out = to }")],
    [
      "is a copy of a field that is switched off",
      relaying("to := r.out", "to", "func (r *relay) pause() { r.out = nil }"),
    ],
    ["is an element", relaying("", "all[0]", "var all = map[int]chan int{0: make(chan int)}")],
    [
      "comes from a function that may give nil",
      relaying(
        "to := r.to()",
        "to",
        "func (r *relay) to() chan int { if r.items == nil { return nil }; return r.out }",
      ),
    ],
    ["is not given to the loop", relaying("", "out", "", "nil")],
    ["may not be given to the loop", relaying("", "out", "", "none")],
  ])("is well until the end when its channel %s", (_, program) => {
    expect(lostUntilSignal(program, [MAIN, relays])).toEqual([]);
    expect(confinedGoroutines(program, [MAIN, relays])).toEqual([]);
  });
});

/** `take` is what the program does with the numbers before it waits for a signal. */
const numbering = (take: string, loop = "for n := 0; ; n++") => `
type numbers struct{ next chan int }
func (s *numbers) run(quit chan bool) {
	${loop} {
		select { // @offer
		case s.next <- 1:
		case <-quit:
			return
		}
	}
}
func (s *numbers) get() int { return <-s.next }
func main() {
	s := &numbers{make(chan int)}
	quit := make(chan bool)
	go s.run(quit) // @goRun
	${take}
	sigs := make(chan os.Signal, 1)
	signal.Notify(sigs)
	<-sigs // @main
	close(quit)
}
`;

describe("a service that offers one thing after another", () => {
  const offers = "7 [select] main.(*numbers).run@offer by main.main@goRun in 1";

  test.each(["s.get()", "s.get(); fmt.Println(<-s.next)"])("is well until the end when %s takes one", (take) => {
    expect(lostUntilSignal(numbering(take), [MAIN, offers])).toEqual([]);
    expect(confinedGoroutines(numbering(take), [MAIN, offers])).toEqual([]);
  });

  test.each([
    ["its receivers are loops", numbering("for i := range s.next { if i > 9 { break } }")],
    ["it has an end of its own", numbering("s.get()", "for range make([]int, 9)")],
    ["it has another one", numbering("s.get()", "for n := 0; n < 9; n++")],
  ])("is lost until then when %s", (_, program) => {
    expect(lostUntilSignal(program, [MAIN, offers])).toEqual([7]);
  });
});

test("who offers something, and gets the signals itself, is not lost", () => {
  const program = `
func offer(get chan int, hups chan os.Signal) {
	for {
		select { // @offer
		case get <- 1:
		case <-hups:
		}
	}
}
func main() {
	hups := make(chan os.Signal, 1)
	signal.Notify(hups)
	go offer(make(chan int), hups) // @goOffer
	time.Sleep(time.Hour) // @main
}
`;
  const offers = "7 [select] main.offer@offer by main.main@goOffer in 1";
  const main = "1 [sleep] time.Sleep < main.main@main";
  expect(lostUntilSignal(program, [main, offers])).toEqual([]);
  expect(confinedGoroutines(program, [main, offers])).toEqual([]);
});

test("who waits for the end of the program is not lost", () => {
  const idle = "6 [select] main.(*mailer).run@idle by main.main@goRun in 1";
  expect(lostUntilSignal(mailing(), [MAIN, idle])).toEqual([]);
  expect(confinedGoroutines(mailing(), [MAIN, idle])).toEqual([]);
  expect(foundWith(mailing(), [MAIN, idle, TAKER])).toEqual([]);
});

test("who waits for a signal is none of too many, and may help the others at the end", () => {
  expect(outnumbered(mailing("<-m.queue"), [MAIN, GIVE])).toEqual([]);
});

describe("a context that a signal ends", () => {
  const FEEDING = `
func feed(ctx context.Context, rows chan int) {
	select { // @feed
	case rows <- 1:
	case <-ctx.Done():
	}
}
func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	rows := make(chan int)
	go feed(inner, rows) // @goFeed
	if ready() {
		<-rows
		time.Sleep(time.Hour) // @later
	}
	<-ctx.Done() // @main
}
func ready() bool { return true }
`;
  /** Nobody has its cancel function. */
  const DROPPED = FEEDING.replace("ctx, stop :=", "ctx, _ :=")
    .replace("defer stop()", "")
    .replace("inner, cancel := context.WithCancel(ctx)", "inner := ctx")
    .replace("defer cancel()", "")
    .replace("<-ctx.Done() // @main", "time.Sleep(time.Hour) // @asleep");
  const FEED = "7 [select] main.feed@feed by main.main@goFeed in 1";

  test("keeps a sender waiting until then", () => {
    expect(lostUntilSignal(FEEDING, ["1 [chan receive] main.main@main", FEED])).toEqual([7]);
  });

  test("is a way out that nobody of the program need take", () => {
    const goroutines = ["1 [sleep] time.Sleep < main.main@asleep", FEED];
    expect(lostUntilSignal(DROPPED, goroutines)).toEqual([7]);
    expect(goroutinesWithWayOut(DROPPED, goroutines)).toContain(7);
  });

  test("may be cancelled by whoever goes on", () => {
    const goroutines = ["1 [sleep] time.Sleep < main.main@later", FEED];
    expect(lostUntilSignal(FEEDING, goroutines)).toEqual([]);
    expect(confinedGoroutines(FEEDING, goroutines)).toEqual([]);
  });
});
