import { describe, expect, test } from "vitest";
import type { Declaration, Expression, Statement } from "../../../server/src/service/golang/syntax/ast.ts";
import { expressionsOf, operandsOf, statementsOf } from "../../../server/src/service/golang/syntax/children.ts";
import { parseGo } from "../../../server/src/service/golang/syntax/parseGo.ts";

/** The kinds of the nodes of a function's body, nested ones in brackets. */
function outline(body: string): string {
  const source = parseGo(`package p\nfunc f() {\n${body}\n}\n`);
  const fn = source?.declarations.find((one): one is Extract<Declaration, { kind: "func" }> => one.kind === "func");
  return fn?.body === undefined ? "unreadable" : fn.body.body.map(ofStatement).join("; ");
}

function ofStatement(statement: Statement): string {
  const within = [...expressionsOf(statement).map(ofExpression), ...statementsOf(statement).map(ofStatement)];
  return named(statement.kind, within);
}

function ofExpression(expression: Expression): string {
  if (expression.kind === "name") return expression.name;
  if (expression.kind === "function") return named("function", expression.body.body.map(ofStatement));
  return named("op" in expression ? expression.op : expression.kind, operandsOf(expression).map(ofExpression));
}

function named(kind: string, within: readonly string[]): string {
  return within.length === 0 ? kind : `${kind}(${within.join(", ")})`;
}

test.each([
  ["ch <- v", "send(ch, v)"],
  ["x := <-ch", "assign(x, <-(ch))"],
  ["v, ok := <-s.ch", "assign(v, ok, <-(selector(s)))"],
  ["go f(x)", "go(call(f, x))"],
  ["defer func() { close(ch) }()", "defer(call(function(expression(call(close, ch)))))"],
  ["for x := range ch {\n\tuse(x)\n}", "range(assign(x, ch), block(expression(call(use, x))))"],
  ["for range ch {\n}", "range(assign(ch), block)"],
  ["for i := 0; i < n; i++ {\n}", "for(assign(i, literal), expression(binary(i, n)), change(i), block)"],
  ["for {\n}", "for(block)"],
  ["for ok {\n}", "for(expression(ok), block)"],
  [
    "if x := f(); x == (T{}) {\n} else if y {\n} else {\n}",
    "if(assign(x, call(f)), expression(binary(x, composite)), block, if(expression(y), block, block))",
  ],
  [
    "switch x := v.(type) {\ncase *T, []int:\n\tx()\ndefault:\n}",
    "switch(*(T), array, assign(x, assertion(v)), expression(call(x)))",
  ],
  [
    "select {\ncase v := <-a:\ncase b <- v:\n\tf()\ndefault:\n}",
    "select(assign(v, <-(a)), send(b, v), expression(call(f)))",
  ],
  ["L:\nfor {\n\tbreak L\n}", "label(for(block(branch)))"],
  ["x = T[int]{1}", "assign(x, composite(literal))"],
  ['x := map[string]T{"a": {1}}', "assign(x, composite(literal, composite(literal)))"],
  ["f(xs...)", "expression(call(f, xs))"],
  ["x := ch\n<-x", "assign(x, ch); expression(<-(x))"],
  ["var a, b chan<- int = c, d", "var(c, d)"],
  ["return <-ch, nil", "return(<-(ch), nil)"],
  ["_ = (<-chan int)(ch)", "assign(_, call(chan, ch))"],
])("%j", (body, expected) => {
  expect(outline(body)).toBe(expected);
});

const params = (signature: string) => {
  const [fn] = parseGo(`package p\nfunc f(${signature}) {}\n`)?.declarations ?? [];
  if (fn?.kind !== "func") return undefined;
  const { type } = fn;
  return [...type.params.map(({ name, type: of }) => `${name?.name} ${of.kind}`), ...(type.isVariadic ? ["..."] : [])];
};

describe("parameters", () => {
  test.each([
    ["a, b int", ["a name", "b name"]],
    ["int, string", ["undefined name", "undefined name"]],
    ["p []int, q [4]int, r List[int]", ["p array", "q array", "r index"]],
    ["List[int], p.T", ["undefined index", "undefined selector"]],
    ["f func(int) error, xs ...chan int", ["f functionType", "xs array", "..."]],
    ["f func(...int)", ["f functionType"]],
  ])("%j", (signature, expected) => {
    expect(params(signature)).toEqual(expected);
  });
});

test.each([
  "",
  "package",
  "package p\nfunc f() {",
  "package p\nfunc f() { x = }",
  "package p\nnonsense",
  `package p\nvar x = ${"(".repeat(10_000)}`,
  `package p\nvar x = ${"!".repeat(10_000)}y`,
  `package p\nvar x = f${"()".repeat(10_000)}`,
  `package p\nvar x ${"[]".repeat(10_000)}int`,
  `package p\nfunc f() ${"{".repeat(10_000)}`,
])("the unreadable source %j is said to be so", (source) => {
  expect(parseGo(source)).toBeUndefined();
});

test("long lists are read", () => {
  const sum = `package p\nvar x = ${"a + ".repeat(50_000)}a\nvar y = []int{${"1, ".repeat(50_000)}}\n`;
  expect(parseGo(sum)?.declarations).toHaveLength(2);
});
