import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

interface Service {
  /** What a request does; `s.job()` is what it may start. */
  readonly work?: string;
  readonly job?: string;
  readonly more?: string;
}

/** A service that stops when all its jobs are done; requests come at any time. */
const service = ({
  work = "s.active.Add(1)\n\tdefer s.active.Done()\n\ts.job()",
  job = "s.mu.Lock() // @lock\n\ttime.Sleep(1) // @busy\n\ts.mu.Unlock()",
  more = "",
}: Service = {}) => `
type Service struct { mu sync.Mutex; active, other sync.WaitGroup; jobs int }
func (s *Service) work() {
	time.Sleep(1) // @early
	${work}
}
func (s *Service) job() {
	${job}
}
func (s *Service) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.active.Wait() // @stop
}
${more}
func main() {
	s := &Service{}
	http.HandleFunc("/work", func(http.ResponseWriter, *http.Request) {
		s.work() // @serve
	})
	http.HandleFunc("/stop", func(http.ResponseWriter, *http.Request) {
		s.stop() // @serveStop
	})
	time.Sleep(time.Hour) // @sleep
}
`;

const SLEEPING = "1 [sleep] time.Sleep < main.main@sleep";
const STOPS = "7 [sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < main.(*Service).stop@stop < main.main.func2@serveStop";
const locked = (outer: string) => `8 [sync.Mutex.Lock] sync.(*Mutex).Lock < main.(*Service).job@lock${outer}`;
const CALLED = " < main.(*Service).work@run < main.main.func1@serve";
const STARTED = " by main.(*Service).work@run in 9";
const busy = (outer: string) => `8 [sleep] time.Sleep < main.(*Service).job@busy${outer}`;

/** With a name for the line that calls or starts the job. */
const marked = (work: string) => work.replace(/(.*s\.job\(\).*)/, "$1 // @run");
const CALLS = marked("s.active.Add(1)\n\tdefer s.active.Done()\n\ts.job()");
const STARTS = marked("s.active.Add(1)\n\tgo s.job()");
const OWED_JOB = "defer s.active.Done()\n\ts.mu.Lock() // @lock\n\ttime.Sleep(1) // @busy\n\ts.mu.Unlock()";

describe("who waits for those that have added themselves to a WaitGroup", () => {
  test("waits for ever when they wait for its lock, whatever requests may come", () => {
    expect(confinedGoroutines(service({ work: CALLS }), [SLEEPING, STOPS, locked(CALLED)])).toEqual([7, 8]);
  });

  test.each<[string, Service]>([
    ["by the statement in front", { work: STARTS, job: OWED_JOB }],
    [
      "by two statements in front",
      {
        work: STARTS.replace("go", "s.active.Add(1)\n\tgo s.mail()\n\tgo"),
        job: OWED_JOB,
        more: "func (s *Service) mail() { s.active.Done() }",
      },
    ],
    [
      "for two",
      {
        work: STARTS.replace("Add(1)", "Add(2)").replace("go", "go s.mail()\n\tgo"),
        job: OWED_JOB,
        more: "func (s *Service) mail() { s.active.Done() }",
      },
    ],
    ["in each round of a loop", { work: `for range 3 {\n\t\t${STARTS}\n\t}`, job: OWED_JOB }],
    [
      "of which it is a parameter",
      { work: STARTS.replace("s.job()", "job(s)"), job: "", more: `func job(s *Service) {\n\t${OWED_JOB}\n}` },
    ],
  ])("waits for ever when they are started %s", (_, one) => {
    const name = one.more?.includes("func job") === true ? "main.job" : "main.(*Service).job";
    const waits = locked(STARTED).replace("main.(*Service).job", name);
    expect(confinedGoroutines(service(one), [SLEEPING, STOPS, waits])).toEqual([7, 8]);
  });

  test("waits for ever when a literal counts down", () => {
    const work = `s.active.Add(1)\n\tgo func() { // @run\n\t\t${OWED_JOB}\n\t}()`;
    const waits = locked(STARTED).replace("(*Service).job", "(*Service).work.func1");
    expect(confinedGoroutines(service({ work, job: "" }), [SLEEPING, STOPS, waits])).toEqual([7, 8]);
  });

  test("waits for ever when what is deferred counts down", () => {
    const deferred = OWED_JOB.replace("s.active.Done()", "func() {\n\t\trecover()\n\t\ts.active.Done()\n\t}()");
    expect(confinedGoroutines(service({ work: STARTS, job: deferred }), [SLEEPING, STOPS, locked(STARTED)])).toEqual([
      7, 8,
    ]);
    expect(confinedGoroutines(service({ work: STARTS, job: deferred }), [SLEEPING, STOPS, busy(STARTED)])).toEqual([]);
    expect(
      confinedGoroutines(service({ work: marked("go s.job()"), job: deferred }), [SLEEPING, STOPS, locked(STARTED)]),
    ).toEqual([]);
  });

  test("may be helped by one that is at work", () => {
    expect(confinedGoroutines(service({ work: CALLS }), [SLEEPING, STOPS, busy(CALLED)])).toEqual([]);
    expect(confinedGoroutines(service({ work: STARTS, job: OWED_JOB }), [SLEEPING, STOPS, busy(STARTED)])).toEqual([]);
  });

  test("may be helped by one that has yet to start what counts down", () => {
    const early = "9 [sleep] time.Sleep < main.(*Service).work@early < main.main.func1@serve";
    const work = STARTS.replace("Add(1)", "Add(1)\n\ttime.Sleep(1) // @added");
    const added = early.replace("@early", "@added");
    expect(confinedGoroutines(service({ work, job: OWED_JOB }), [SLEEPING, STOPS, locked(STARTED), added])).toEqual([]);
  });

  test.each<[string, Service]>([
    ["whose calls add nothing", { work: marked("s.job()"), job: OWED_JOB }],
    ["that add behind the start", { work: marked("go s.job()\n\ts.active.Add(1)"), job: OWED_JOB }],
    [
      "that add under a condition",
      { work: marked("if s.jobs > 2 {\n\t\ts.active.Add(1)\n\t}\n\tgo s.job()"), job: OWED_JOB },
    ],
    ["that add to another WaitGroup", { work: marked("s.other.Add(1)\n\tgo s.job()"), job: OWED_JOB }],
    [
      "that add one for two",
      {
        work: marked("s.active.Add(1)\n\tgo s.job()").replace("go", "go s.mail()\n\tgo"),
        job: OWED_JOB,
        more: "func (s *Service) mail() { s.active.Done() }",
      },
    ],
    ["that add one for many", { work: marked("s.active.Add(1)\n\tfor range 3 {\n\t\tgo s.job()\n\t}"), job: OWED_JOB }],
    [
      "that add to the one of another value",
      { work: marked("other.active.Add(1)\n\tgo s.job()"), job: OWED_JOB, more: "var other = &Service{}" },
    ],
    ["that count down twice", { work: STARTS, job: `s.active.Done()\n\t${OWED_JOB}` }],
    [
      "that count down in a loop",
      {
        work: STARTS,
        job: `for range 2 {\n\t\ts.active.Done()\n\t}\n\t${OWED_JOB.replace("defer s.active.Done()\n\t", "")}`,
      },
    ],
    [
      "that are started elsewhere, too",
      {
        work: STARTS,
        job: OWED_JOB,
        more: 'func (s *Service) Retry() { go s.job() }\nfunc init() { http.HandleFunc("/retry", func(http.ResponseWriter, *http.Request) { new(Service).Retry() }) }',
      },
    ],
    [
      "that give their Done to others",
      { work: STARTS, job: OWED_JOB, more: "func (s *Service) later() { time.AfterFunc(1, s.active.Done) }" },
    ],
    [
      "that others count down",
      {
        work: STARTS,
        job: OWED_JOB,
        more: 'func init() { http.HandleFunc("/ack", func(http.ResponseWriter, *http.Request) { all.active.Done() }) }\nvar all = &Service{}',
      },
    ],
  ])("may be helped by requests %s", (_, one) => {
    expect(
      confinedGoroutines(service(one), [
        SLEEPING,
        STOPS,
        locked(one.work?.includes("go s.job") === true ? STARTED : CALLED),
      ]),
    ).toEqual([]);
  });
});
