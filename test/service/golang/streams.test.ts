import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

const SLEEPING = "1 [sleep] time.Sleep < main.main@sleep";

/** What an export does with the end that it reads from. */
const exported = (
  read: string,
  write = "w := csv.NewWriter(pw)\n\tw.Write(nil) // @write\n\tpw.Close()",
  more = "",
) => `
type uploader interface{ upload(body io.Reader) error }
type bucket struct{}
func (bucket) upload(body io.Reader) error {
	time.Sleep(time.Second) // @slow
	_, err := body.Read(nil)
	return err // @late
}
type exporter struct{ up uploader }
func (e *exporter) export() error {
	pr, pw := io.Pipe()
	go e.write(pw) // @go
	${read}
}
func (e *exporter) write(pw *io.PipeWriter) {
	${write}
}
func main() {
	e := &exporter{bucket{}}
	e.export() // @export
	time.Sleep(time.Hour) // @sleep
	e.export()
}
${more}`;
const UPLOAD = "return e.up.upload(pr) // @upload";
const WRITER =
  "7 [select] io.(*pipe).write < io.(*PipeWriter).Write < bufio.(*Writer).Flush < encoding/csv.(*Writer).Write < main.(*exporter).write@write by main.(*exporter).export@go in 1";

const uploading = (mark: string) =>
  `1 [sleep] time.Sleep < main.bucket.upload@${mark} < main.(*exporter).export@upload < main.main@export`;
const at = (mark: string) => `1 [sleep] time.Sleep < main.(*exporter).export@${mark} < main.main@export`;
const reading = (source: string) =>
  source
    .replace("pr, pw :=", "pw, pr :=")
    .replace("*io.PipeWriter", "io.Reader")
    .replace("io.Reader) error", "io.WriteCloser) error");

describe("a pipe", () => {
  test("is read by nobody when the reader has given up", () => {
    expect(confinedGoroutines(exported(UPLOAD), [SLEEPING, WRITER])).toEqual([7]);
  });
  test("is read by whoever is in a call with it", () => {
    expect(confinedGoroutines(exported(UPLOAD), [uploading("slow"), WRITER])).toEqual([]);
  });
  test("is read no more behind the call", () => {
    expect(confinedGoroutines(exported(UPLOAD), [uploading("late"), WRITER])).toEqual([7]);
  });

  test("may be read by whoever has it outside", () => {
    expect(confinedGoroutines(exported("lib.Send(pr)\n\treturn nil"), [SLEEPING, WRITER])).toEqual([]);
    expect(confinedGoroutines(exported("go lib.Run(pr.Close)\n\treturn nil"), [SLEEPING, WRITER])).toEqual([]);
    expect(
      confinedGoroutines(exported('http.Post("", "", bufio.NewReader(pr))\n\treturn nil'), [SLEEPING, WRITER]),
    ).toEqual([]);
    const both = "rw := struct{ io.Reader; io.Closer }{pr, pr}\n\ttime.Sleep(1) // @early\n\trw.Close()\n\treturn nil";
    const early = "1 [sleep] time.Sleep < main.(*exporter).export@early < main.main@export";
    expect(confinedGoroutines(exported(both), [early, WRITER])).toEqual([]);
  });

  test("may be closed by whoever keeps it", () => {
    const kept = "kept = pr\n\treturn nil";
    const stop = "var kept *io.PipeReader\nfunc stop() { kept.Close() }";
    expect(confinedGoroutines(exported(kept, undefined, stop), [SLEEPING, WRITER])).toEqual([7]);
    const handled = `${stop}\nfunc init() { http.HandleFunc("/stop", func(http.ResponseWriter, *http.Request) { stop() }) }`;
    expect(confinedGoroutines(exported(kept, undefined, handled), [SLEEPING, WRITER])).toEqual([]);
  });

  test("is read through what was made of it", () => {
    const through =
      "r := bufio.NewReader(pr)\n\ttime.Sleep(time.Second) // @early\n\tr.ReadByte()\n\treturn nil // @end";
    expect(confinedGoroutines(exported(through), [at("early"), WRITER])).toEqual([]);
    expect(confinedGoroutines(exported(through), [at("end"), WRITER])).toEqual([7]);
  });

  test("is not the one of another call on another goroutine", () => {
    const other = uploading("slow").replace("1 [sleep]", "9 [sleep]");
    expect(confinedGoroutines(exported(UPLOAD), [SLEEPING, other, WRITER.replace("in 1", "in 8")])).toEqual([7]);
    expect(confinedGoroutines(exported(UPLOAD), [SLEEPING, other, WRITER.replace("in 1", "in 9")])).toEqual([]);
    expect(confinedGoroutines(exported(UPLOAD), [SLEEPING, other, WRITER.replace(" in 1", "")])).toEqual([]);
  });

  test("is not followed where a library may have made another one", () => {
    const unknown = WRITER.replace("encoding/csv.(*Writer).Write", "example.org/lib.(*Writer).Write");
    expect(confinedGoroutines(exported(UPLOAD), [SLEEPING, unknown])).toEqual([]);
  });

  const PARTS = 'm := multipart.NewWriter(pw)\n\tpart, _ := m.CreateFormFile("", "")\n\tpart.Write(nil) // @write';
  const PART =
    "7 [select] io.(*pipe).write < io.(*PipeWriter).Write < mime/multipart.(*part).Write < main.(*exporter).write@write by main.(*exporter).export@go in 1";

  test("is written to through parts of a form", () => {
    expect(confinedGoroutines(exported(UPLOAD, PARTS), [SLEEPING, PART])).toEqual([7]);
    expect(confinedGoroutines(exported(UPLOAD, PARTS), [uploading("slow"), PART])).toEqual([]);
  });

  const READS = "data, _ := io.ReadAll(pw) // @write\n\tuse(data)";
  const READER =
    "7 [select] io.(*pipe).read < io.(*PipeReader).Read < io.ReadAll < main.(*exporter).write@write by main.(*exporter).export@go in 1";

  test("is written to by nobody when the writer has gone without closing it", () => {
    const source = reading(
      exported(
        "if failed() {\n\t\treturn errBroken\n\t}\n\ttime.Sleep(1) // @early\n\treturn pr.Close()",
        READS,
        "func failed() bool { return true }\nfunc use([]byte) {}",
      ),
    );
    expect(confinedGoroutines(source, [SLEEPING, READER])).toEqual([7]);
    const early = "1 [sleep] time.Sleep < main.(*exporter).export@early < main.main@export";
    expect(confinedGoroutines(source, [early, READER])).toEqual([]);
  });

  test("is closed at the end whatever happens", () => {
    const source = reading(
      exported("defer pr.Close()\n\ttime.Sleep(1) // @early\n\treturn nil", READS, "func use([]byte) {}"),
    );
    const early = "1 [sleep] time.Sleep < main.(*exporter).export@early < main.main@export";
    expect(confinedGoroutines(source, [early, READER])).toEqual([]);
  });
});
