import { expect, test } from "vitest";
import { parseFrameFunction } from "../../../server/src/service/locator/frameFunction.ts";
import { fitFunction, nearestLineOf } from "../../../server/src/service/locator/functionFit.ts";
import { scanGo } from "../../../server/src/service/golang/scanner.ts";

const SOURCE = `package shape

var Bg = func(ch chan int) {
	<-ch // package literal
}

var n = count() // initialiser

func init() {
	go func() {
		<-started // init literal
	}()
}

func (s *Svc) Run() {
	<-s.stop // method
}

func Level(ch chan int) {
	x() // plain
	go func() {
		<-ch // literal
	}()
	go s.flush() // wrapper
	for v := range seq {
		out <- v // loop body
	}
}

func (q *Queue[T]) Pop() T {
	return <-q.ch // generic
}

//go:linkname sync_runtime_Semacquire sync.runtime_Semacquire
func sync_runtime_Semacquire() {
	semacquire() // linkname
}
`;

const file = scanGo(SOURCE);

function fit(symbol: string, mark: string): string {
  const line = SOURCE.split("\n").findIndex((text) => text.endsWith(`// ${mark}`));
  return fitFunction(file, parseFrameFunction(symbol), line);
}

test.each([
  ["a/shape.(*Svc).Run", "method"],
  ["a/shape.(*Svc).Run-fm", "method"],
  ["a/shape.Svc.Run", "method"],
  ["a/shape.glob..func1", "package literal"],
  ["a/shape.init.func1", "package literal"],
  ["a/shape.init", "initialiser"],
  ["a/shape.map.init.0", "initialiser"],
  ["a/shape.init.0.func1", "init literal"],
  ["a/shape.Level", "plain"],
  ["a/shape.Level.func1", "literal"],
  ["a/shape.Level.1", "literal"],
  ["a/shape.Level.func1.2", "literal"],
  ["a/shape.Level·func1", "literal"],
  ["main.main.Level.func7", "literal"],
  ["main.main.main.shape.Level.func7.func8", "literal"],
  ["a/shape.Level.gowrap1", "wrapper"],
  ["a/shape.Level.func2", "wrapper"],
  ["a/shape.Level-range1", "loop body"],
  ["a/shape.(*Queue[...]).Pop", "generic"],
  ["a/shape.(*Queue[go.shape.struct { a/b.X int; Y []string }]).Pop", "generic"],
  ["a/shape.Other[...]).Pop", "generic"],
  ["a/shape.(*Queue[...]", "generic"],
  ["sync.runtime_Semacquire", "linkname"],
])("%s encloses its line (%s)", (symbol, mark) => {
  expect(fit(symbol, mark)).toBe("encloses");
});

test.each([
  ["a/shape.Level", "method", "elsewhere"],
  ["a/shape.Level", "literal", "elsewhere"],
  ["a/shape.Level.func1", "plain", "elsewhere"],
  ["a/shape.init.0", "init literal", "elsewhere"],
  ["a/shape.Gone", "plain", "absent"],
  ["a/shape.(*Other).Run", "method", "absent"],
  ["a/shape.Gone.func1", "plain", "absent"],
  ["main.main.func12", "literal", "possible"],
  ["a/shape.Map[...].func1", "literal", "possible"],
  ["a/shape.init.func1", "plain", "elsewhere"],
])("%s at the line '%s' is %s", (symbol, mark, expected) => {
  expect(fit(symbol, mark)).toBe(expected);
});

function nearest(symbol: string, line: number): number | undefined {
  return nearestLineOf(file, parseFrameFunction(symbol), line);
}

test("the nearest line lies in the frame's function, in a literal when the frame is of one", () => {
  expect(nearest("a/shape.(*Svc).Run", 40)).toBe(16);
  expect(nearest("a/shape.(*Svc).Run", 2)).toBe(14);
  expect(nearest("a/shape.Level.func1", 30)).toBe(22);
  expect(nearest("a/shape.glob..func1", 30)).toBe(4);
  expect(nearest("a/shape.Gone", 30)).toBeUndefined();
});
