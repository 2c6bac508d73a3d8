import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** Each site has its pages fetched, and waits for that; the dump does not tell who started whom. */
const FETCHING = `
type site struct{ next *site }
func (s *site) fetch() {
	time.Sleep(time.Second) // @fetch
}
func (s *site) all() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		s.fetch() // @page
	}()
	wg.Wait() // @wait
}
func main() {
	for i := 0; i < 5; i++ {
		go (&site{}).all() // @go
	}
	time.Sleep(time.Hour) // @main
}
`;
const MAIN = "1 [sleep] time.Sleep < main.main@main";
const WAITS = "7 [semacquire] sync.(*WaitGroup).Wait < main.(*site).all(0xc000010000)@wait by main.main@go";
const fetches = (receiver: string) =>
  `8 [sleep] time.Sleep < main.(*site).fetch(${receiver})@fetch < main.(*site).all.func1@page by main.(*site).all@page`;

describe("a variable of a method's call", () => {
  test("is not that of a call with another receiver, as the call amid a literal shows", () => {
    expect(confinedGoroutines(FETCHING, [MAIN, WAITS, fetches("0xc000020000")])).toEqual([7]);
  });

  test.each([
    ["has the same receiver", FETCHING, fetches("0xc000010000")],
    ["has a receiver that Go does not print for sure", FETCHING, fetches("0xc000020000?")],
    [
      "is amid a call with another object",
      FETCHING.replace("s.fetch() // ", "s.next.fetch() // "),
      fetches("0xc000020000"),
    ],
    [
      "is amid a call with an object that it has found",
      FETCHING.replace("s.fetch() // ", "t := s.next; t.fetch() // "),
      fetches("0xc000020000"),
    ],
    [
      "may have had another receiver before",
      FETCHING.replace("wg.Wait()", "s = s.next\n\twg.Wait()"),
      fetches("0xc000020000"),
    ],
    [
      "may be amid a call whose receiver has changed",
      FETCHING.replace("func (s *site) fetch() {", "func (s *site) fetch() {\n\ts = s.next"),
      fetches("0xc000020000"),
    ],
  ])("may be that of one who %s", (_, source, other) => {
    expect(confinedGoroutines(source, [MAIN, WAITS, other])).toEqual([]);
  });

  test("may have been given to it, as one of several of its receiver", () => {
    const shared = FETCHING.replace("var wg sync.WaitGroup", "wg := shared").replace(
      "func main()",
      "var shared = &sync.WaitGroup{}\nfunc main()",
    );
    expect(confinedGoroutines(shared, [MAIN, WAITS, fetches("0xc000020000")])).toEqual([]);
  });
});
