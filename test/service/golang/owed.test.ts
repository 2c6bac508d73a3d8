import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** A call that starts workers and waits for them; the dump does not tell who has started whom. */
const program = (inBlock: string) => `
func gather() {
	results := make(chan int)
	var running sync.WaitGroup
${inBlock}
}
func main() {
	gather() // @call
}
func work() int { return 0 }
`;

const WORKER = "7 [chan send] main.gather.func1@send";
const BUSY = "8 [sleep] time.Sleep < main.gather.func1@send";
const CALLER = "1 [sync.WaitGroup.Wait] sync.(*WaitGroup).Wait < main.gather@wait < main.main@call";

describe("who waits for its workers before it receives from them", () => {
  const GATHER = program(`
	for i := 0; i < 3; i++ {
		running.Add(1)
		go func() {
			defer running.Done()
			results <- work() // @send
		}()
	}
	time.Sleep(1) // @before
	running.Wait() // @wait
	close(results)
	for range results {
		fmt.Println() // @behind
	}`);

  test("never receives from those that are blocked, though other workers go on", () => {
    expect(confinedGoroutines(GATHER, [CALLER, BUSY, WORKER])).toEqual([7]);
  });

  test("never will when it has yet to come to the wait", () => {
    const before = "1 [sleep] time.Sleep < main.gather@before < main.main@call";

    expect(confinedGoroutines(GATHER, [before, WORKER])).toEqual([7]);
  });

  test("is no longer there when it is behind the wait: they are of another call", () => {
    const behind = "1 [running] main.gather@behind < main.main@call";

    expect(confinedGoroutines(GATHER, [behind, WORKER])).toEqual([]);
  });
});

const adding = (before: string, behind: string) =>
  program(`
	${before}
	go func() {
		results <- work() // @send
		${behind}
		defer running.Done()
		fmt.Println()
	}()
	time.Sleep(1) // @before
	running.Wait() // @wait
	<-results`);

describe("a worker for which nothing has been added yet", () => {
  const before = "1 [sleep] time.Sleep < main.gather@before < main.main@call";
  const lost = (source: string) => confinedGoroutines(source, [before, WORKER]);

  test("is not waited for", () => {
    expect(lost(adding("running.Add(1)", ""))).toEqual([7]);
    expect(lost(adding("", "running.Add(1)"))).toEqual([]);
    expect(lost(adding("if work() > 0 {\n\t\trunning.Add(1)\n\t}", ""))).toEqual([]);
  });
});

describe("who waits for its workers may receive from them all the same", () => {
  const WORKERS = `
	for i := 0; i < 3; i++ {
		running.Add(1)
		go func() {
			defer running.Done()
			results <- work() // @send
		}()
	}`;

  test.each([
    [
      "where a worker is done before it sends",
      `
	running.Add(1)
	go func() {
		running.Done()
		results <- work() // @send
	}()
	running.Wait() // @wait
	<-results`,
    ],
    [
      "where not each worker is waited for",
      `
	running.Add(1)
	go func() {
		if work() > 0 {
			defer running.Done()
		}
		results <- work() // @send
	}()
	running.Wait() // @wait
	<-results`,
    ],
    [
      "where it comes past the wait in another way",
      `${WORKERS}
	if work() > 0 {
		running.Wait() // @wait
	}
	<-results`,
    ],
    [
      "where the WaitGroup is another one",
      `${WORKERS}
	var other sync.WaitGroup
	other.Wait() // @wait
	<-results`,
    ],
    [
      "where it waits when it has received",
      `${WORKERS}
	time.Sleep(1) // @wait
	<-results
	running.Wait()`,
    ],
    [
      "where it jumps",
      `${WORKERS}
	if work() > 0 { // @wait
		goto receive
	}
	running.Wait()
receive:
	<-results`,
    ],
    [
      "where the channel lives longer than the WaitGroup",
      `
	for {
		var running sync.WaitGroup
		running.Add(1)
		go func() {
			defer running.Done()
			results <- work() // @send
		}()
		if work() > 0 {
			continue
		}
		running.Wait() // @wait
		<-results
	}`,
    ],
    [
      "where a call lives longer than its block",
      `
	for {
		var running sync.WaitGroup
		running.Add(1)
		go func() {
			defer running.Done()
			results <- work() // @send
		}()
		if work() > 0 {
			break
		}
		running.Wait() // @wait
	}
	<-results`,
    ],
  ])("%s", (_, inBlock) => {
    const caller = "1 [runnable] main.gather@wait < main.main@call";

    expect(confinedGoroutines(program(inBlock), [caller, BUSY, WORKER])).toEqual([]);
  });

  test("where somebody else receives meanwhile", () => {
    const source = program(`${WORKERS}
	go func() {
		time.Sleep(1) // @collect
		for range results {
		}
	}()
	running.Wait() // @wait
	close(results)`);
    const collector = "9 [sleep] time.Sleep < main.gather.func2@collect";

    expect(confinedGoroutines(source, [CALLER, collector, WORKER])).toEqual([]);
  });
});
