import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** Sinks behind an interface, one of which has others in it, and so perhaps itself. */
const SINKS = `
type Sink interface {
	Put(line string)
	Close()
}
type lines struct{ queue chan string }
func (l *lines) Put(line string) {
	l.queue <- line // @put
}
func (l *lines) Close() {
	for range l.queue { // @close
	}
}
type all []Sink
func (a all) Put(line string) {
	for _, one := range a {
		one.Put(line) // @each
	}
}
func (a all) Close() {
	for _, one := range a {
		one.Close() // @closeEach
	}
}
func end(s Sink) {
	time.Sleep(time.Second) // @end
	s.Close()
}
func main() {
	var sink Sink = all{all{}, &lines{make(chan string)}}
	go end(sink) // @goEnd
	sink.Put("") // @main
}
`;
const MAIN = "1 [chan send] main.(*lines).Put@put < main.all.Put@each < main.main@main";

test("what a list holds that may have itself in it is out of reach when nobody runs what reads it", () => {
  expect(confinedGoroutines(SINKS, [MAIN])).toEqual([1]);
});

test.each([
  ["will read it", "7 [sleep] time.Sleep < main.end@end by main.main@goEnd in 1"],
  ["reads the next one in it", "7 [runnable] main.all.Close@closeEach < main.end@end by main.main@goEnd in 1"],
])("it is not when somebody %s", (_, goroutine) => {
  expect(confinedGoroutines(SINKS, [MAIN, goroutine])).toEqual([]);
});

describe("what lies deeper in values than they are followed", () => {
  const depths = [1, 2, 3, 4, 5, 6, 7];
  const DEEP = `
${depths.map((depth) => `type n${depth} struct{ in *n${depth + 1} }`).join("\n")}
type n8 struct{ ch chan string }
func drain(x *n1) {
	<-x${".in".repeat(7)}.ch // @drain
}
func end(x *n1) {
	time.Sleep(time.Second) // @end
	drain(x)
}
func other() {
	time.Sleep(time.Second) // @other
}
func main() {
	ch := make(chan string)
	x := ${depths.map((depth) => `&n${depth}{`).join("")}&n8{ch}${"}".repeat(7)}
	go end(x) // @goEnd
	go other() // @goOther
	ch <- "" // @deep
}
`;
  const SENDS = "1 [chan send] main.main@deep";

  test("is in reach of whoever comes to what reads it", () => {
    expect(confinedGoroutines(DEEP, [SENDS, "7 [sleep] time.Sleep < main.end@end by main.main@goEnd in 1"])).toEqual(
      [],
    );
  });

  test("is out of reach of all others", () => {
    const other = "7 [sleep] time.Sleep < main.other@other by main.main@goOther in 1";
    expect(confinedGoroutines(DEEP, [SENDS, other])).toEqual([1]);
  });
});
