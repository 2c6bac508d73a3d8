import { describe, expect, test } from "vitest";
import { foundWith } from "../../support/confinedGoroutines.ts";

const WAITS = "[select] database/sql.(*DB).conn < database/sql.(*DB).QueryContext < main.(*book).best@query";

/** A service that reports again and again; `declared`, and what its other goroutine does. */
const program = (declared: string, other: string) => `
type book struct{ db *sql.DB }
func (b *book) best() (string, error) {
	rows, err := b.db.QueryContext(context.Background(), "SELECT") // @query
	if err != nil {
		return "", err
	}
	_ = rows
	return work(), nil // @work
}
func work() string { return "" }
${declared}
func report(b *book, wanted func()) {
	for {
		text, err := b.best() // @report
		fmt.Println(text, err)
		time.Sleep(time.Hour) // @pause
	}
}
func other(b *book) {
	${other}
}
func main() {
	b := &book{}
	go report(b, nil) // @go
	go other(b)
	select {}
}
`;

const waiting = [
  `7 ${WAITS} < main.report@report by main.main@go in 1`,
  `8 ${WAITS} < main.report@report by main.main@go in 1`,
];
const inOther = (...more: readonly string[]) => [
  ...waiting,
  ...more,
  "9 [sleep] time.Sleep < main.other@other by main.main@go in 1",
  "1 [select (no cases)] main.main@go",
  "20 [running] runtime/pprof.writeGoroutineStacks < net/http/pprof.Index < net/http.(*conn).serve by net/http.(*Server).Serve in 1",
];

describe("connections that nobody who is left can have", () => {
  test.each([
    ["a call that has none", "", "time.Sleep(1) // @other"],
    ["one that only has the pool", "", "all := b; fmt.Println(all); time.Sleep(1) // @other"],
    [
      "one that gets texts from whoever asks",
      "",
      "text, err := b.best(); fmt.Println(text, err); time.Sleep(1) // @other",
    ],
  ])("are lost beside %s", (_, declared, other) => {
    expect(foundWith(program(declared, other), inOther())).toEqual(["strong leak/stock-lost/select 2"]);
  });

  test.each([
    ["asks for one", "", 'rows, _ := b.db.Query("SELECT"); time.Sleep(1); rows.Close() // @other'],
    ["has one in a variable", "var last *sql.Rows", "rows := last; time.Sleep(1); rows.Close() // @other"],
    ["has one in a struct", "type unit struct{ tx *sql.Tx }", "var u unit; time.Sleep(1); u.tx.Commit() // @other"],
    [
      "got one from the program",
      "func (b *book) begin() (*sql.Tx, error) { return b.db.Begin() }",
      "tx, _ := b.begin(); time.Sleep(1); tx.Commit() // @other",
    ],
    [
      "got a function from the program, which may give one back",
      "func (b *book) open() func() { tx, _ := b.db.Begin(); return func() { tx.Commit() } }",
      "end := b.open(); time.Sleep(1); end() // @other",
    ],
    [
      "has one for a moment",
      "func (b *book) last() *sql.Tx { return nil }",
      "for { b.last().Commit(); time.Sleep(1) } // @other",
    ],
    ["got an interface", "type ender interface{ End() }\nvar one ender", "e := one; time.Sleep(1); e.End() // @other"],
  ])("may come back while a call %s", (_, declared, other) => {
    expect(foundWith(program(declared, other), inOther()).join()).not.toContain("strong");
  });

  test.each([
    ["a struct keeps one", "type unit struct{ tx *sql.Tx }"],
    ["a variable of a package keeps one", "var open = map[string]*sql.Tx{}"],
    [
      "a function that is called later has one",
      "func (b *book) later() { rows, _ := b.db.Query(work()); time.AfterFunc(9, func() { rows.Close() }) }",
    ],
  ])("may come back where %s", (_, declared) => {
    expect(foundWith(program(declared, "time.Sleep(1) // @other"), inOther()).join()).not.toContain("strong");
  });

  test("are lost where a function closes them in place, but not on all ways out", () => {
    const declared = "func (b *book) other() { rows, _ := b.db.Query(work()); defer func() { rows.Close() }() }";

    expect(foundWith(program(declared, "time.Sleep(1) // @other"), inOther())).toEqual([
      "strong leak/stock-lost/select 2",
    ]);
  });

  test("may come back while somebody is behind the line that takes one", () => {
    const busy = "10 [running] main.(*book).best@work < main.report@report by main.main@go in 1";

    expect(foundWith(program("", "time.Sleep(1) // @other"), inOther(busy)).join()).not.toContain("strong");
  });
});
