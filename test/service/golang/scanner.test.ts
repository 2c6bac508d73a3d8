import { expect, test } from "vitest";
import { enclosingFunction, isWithin, scanGo } from "../../../server/src/service/golang/scanner.ts";

/** The function that encloses each line, `+` for each literal around it. */
function outline(source: string): readonly string[] {
  const file = scanGo(source);
  return source.split("\n").map((_, line) => {
    const fn = enclosingFunction(file, line);
    const literals = fn?.literals ?? file.packageLiterals;
    return (fn?.name ?? "") + "+".repeat(literals.filter((literal) => isWithin(literal, line)).length);
  });
}

test.each([
  ["func F() {\n}", ["F", "F"]],
  ["func (s *Server) Run() {\n\tx()\n}", ["Server.Run", "Server.Run", "Server.Run"]],
  ["func (Server) Run() {\n}", ["Server.Run", "Server.Run"]],
  ["func (l *List[K, V]) Push(k K) {\n}", ["List.Push", "List.Push"]],
  ["func Map[K comparable, V interface{ ~[]int }](m map[K]V) {\n}", ["Map", "Map"]],
  ["func asm(a int) int\n\nfunc F() {\n}", ["", "", "F", "F"]],
  ["func F() struct{ a int } {\n\treturn x\n}", ["F", "F", "F"]],
  ["func F() interface{ M() } {\n}", ["F", "F"]],
  ["func F() (a int, f func(int) error) {\n}", ["F", "F"]],
  ["func F() func() func() {\n}", ["F", "F"]],
  ["func F() map[string]func() {\n}", ["F", "F"]],
  ["func F(\n\ta int,\n\tf func() (b int),\n) {\n}", ["F", "F", "F", "F", "F"]],
  ["type T func(int) error\n\nfunc F() {\n}", ["", "", "F", "F"]],
  ["type T struct {\n\tf func() error\n\tg int\n}\n\nfunc F() {\n}", ["", "", "", "", "", "F", "F"]],
  ["type I interface {\n\tM(f func()) error\n}", ["", "", ""]],
  ["var v = func() {\n\tx()\n}", ["+", "+", "+"]],
  ['var m = map[string]func() int{\n\t"a": func() int {\n\t\treturn 1\n\t},\n}', ["", "+", "+", "+", ""]],
  ["func F() {\n\tgo func() {\n\t\tx()\n\t}()\n}", ["F", "F+", "F+", "F+", "F"]],
  ["func F() {\n\treturn func() func() {\n\t\treturn func() {\n\t\t}\n\t}\n}", ["F", "F+", "F++", "F++", "F+", "F"]],
  ["func F() {\n\tfs := []func(){\n\t\ta,\n\t\tfunc() { b() },\n\t}\n}", ["F", "F", "F", "F+", "F", "F"]],
  ["func F() {\n\tfs := []func() func(){\n\t\ta,\n\t}\n}", ["F", "F", "F", "F", "F"]],
  ["func F() {\n\tvar g func(int) int\n\tif x {\n\t}\n}", ["F", "F", "F", "F", "F"]],
  ["func F() {\n\tdo(func(yield func(int) bool) {\n\t\tyield(1)\n\t})\n}", ["F", "F+", "F+", "F+", "F"]],
  ["func F() {\n\tswitch v.(type) {\n\tcase func() int:\n\t\tx()\n\t}\n}", ["F", "F", "F", "F", "F", "F"]],
  ["func F() {\n\tx := func(a int) (b struct{}) {\n\t\treturn\n\t}\n}", ["F", "F+", "F+", "F+", "F"]],
  ['func F() {\n\ts := `}\n}\nfunc G() {`\n\t// }\n\t/* } */ r := \'}\'\n\tt := "\\"}"\n}', Array(8).fill("F")],
  ["func init() {\n}\n\nfunc init() {\n}", ["init", "init", "", "init", "init"]],
  ["var a = b[0]\nfunc F() {\n}", ["", "F", "F"]],
  [
    "var a = F[int]\n\nfunc (t T) M() {\n\tx := a[1]\n\tfunc() {\n\t}()\n}",
    ["", "", "T.M", "T.M", "T.M+", "T.M+", "T.M"],
  ],
  ["func F() { a := 0x1e+5; b := 1e-3; c := .5 }", ["F"]],
  ["func Größe() {\n}", ["Größe", "Größe"]],
] as const)("%j", (source, expected) => {
  expect(outline(source)).toEqual(expected);
});

test("the package clause is read behind comments and build constraints", () => {
  expect(scanGo("//go:build linux\n\n/* a */ // b\npackage shape // c\n").packageName).toBe("shape");
  expect(scanGo("").packageName).toBe("");
});

test("functions under another name are known by their linkname", () => {
  const file = scanGo(
    "package runtime\n\n//go:linkname sync_runtime_Semacquire sync.runtime_Semacquire\nfunc sync_runtime_Semacquire() {\n}\n",
  );
  expect(file.linknames.get("sync.runtime_Semacquire")).toBe("sync_runtime_Semacquire");
});

test.each([
  "func",
  "func (",
  "func F(",
  "func F() {",
  "func F() { func() {",
  "}}}",
  "`",
  "/*",
  '"',
  "func (a b c",
  "{".repeat(9),
])("the unfinished source %j is read as far as it goes", (source) => {
  expect(() => scanGo(source)).not.toThrow();
});

test("deep nesting and long tokens are read in linear time and without recursion", () => {
  const nested = `func F() ${"{ func() ".repeat(20_000)}`;
  expect(scanGo(nested).functions).toHaveLength(1);
  expect(scanGo(`func F() { s := \`${"x\n".repeat(500_000)}\` }`).functions[0]?.endLine).toBe(500_000);
  expect(scanGo(`/*${"*".repeat(1_000_000)}*/ package p`).packageName).toBe("p");
  expect(scanGo(`func F() { ${"a,".repeat(200_000)} }`).functions[0]?.endLine).toBe(0);
});
