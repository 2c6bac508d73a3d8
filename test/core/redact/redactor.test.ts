import { describe, expect, it } from "vitest";
import { DumpReader } from "../../../server/src/core/read/dumpReader.ts";
import { PointerNames } from "../../../server/src/core/redact/pointers.ts";
import { RecordedLines } from "../../../server/src/core/redact/recordedLines.ts";
import { redacted } from "../../../server/src/core/redact/redact.ts";

function redact(text: string, ...privatePaths: readonly string[]): string {
  const lines = new RecordedLines();
  const reader = new DumpReader("", lines);
  reader.push(new TextEncoder().encode(text));
  return [...redacted(reader.end().dumps, lines, { privatePaths })].join("");
}

const goroutine = (id: number, call: string, file = "/home/ann/shop/main.go", creator = "") =>
  `goroutine ${id} [chan receive, 7 minutes]:\n${call}\n\t${file}:7 +0x1d\n${creator}`;

const labelled = (id: number, tenant: string) =>
  `goroutine ${id} [select] {tenant: ${tenant}, "a b": ""}:\nmain.f()\n\t/x/m.go:1\n`;

const lockReport = (one: string, other: string) =>
  `POTENTIAL DEADLOCK: Recursive locking:\ncurrent goroutine 45 lock 0xc000118008\n${one} <<<<<\n${other}\n`;

describe("a redacted dump", () => {
  it("keeps of the source that go-deadlock prints only how it locks", () => {
    expect(
      redact(
        lockReport("/home/ann/till/t.go:8 main.f { ann.secret.Lock() }", '/home/ann/till/t.go:8 main.f { log("ann") }'),
      ),
    ).toBe(
      lockReport("/redacted/d1/f1.go:8 main.f { x.Lock() }", "/redacted/d1/f1.go:8 main.f ???").replace(
        "45 lock 0xc000118008",
        "101 lock 0xe000818008",
      ),
    );
  });

  it("keeps what the program does, and renames where it ran: ids in their order, paths, addresses", () => {
    const by = "created by main.main in goroutine 1\n\t/home/ann/shop/main.go:3 +0x5c\n";
    const text = [goroutine(1, "main.main()"), goroutine(45, "main.f(0xc000118008, 0x9)", undefined, by)].join("\n");

    expect(redact(text)).toBe(
      [
        "goroutine 1 [chan receive, 7 minutes]:",
        "main.main()",
        "\t/redacted/d1/f1.go:7 +0x1d",
        "",
        "goroutine 101 [chan receive, 7 minutes]:",
        "main.f(0xe000818008, 0x9)",
        "\t/redacted/d1/f1.go:7 +0x1d",
        "created by main.main in goroutine 1",
        "\t/redacted/d1/f1.go:3 +0x5c",
        "",
      ].join("\n"),
    );
  });

  it("keeps the names of Go's own files, wherever Go was installed", () => {
    const text = redact(
      goroutine(1, "net/http.(*conn).serve(0xc000010000)", "/home/ann/sdk/go1.22/src/net/http/server.go"),
    );

    expect(text).toContain("\t/usr/local/go/src/net/http/server.go:7");
  });

  it("has none of the lines around it, but for what they say of a recovered panic", () => {
    const around = "2026/11/01 12:00:00 ann@shop.example logged in\n";
    const lead = 'http: panic serving 10.1.2.3:5000: no user "ann" on db.shop.example\n';
    const text = redact(`${around}${around}${lead}goroutine 45 [running]:\nmain.f()\n\t/home/ann/main.go:1 +0x1\n`);

    expect(text).toMatch(/^log: panic serving \S+: no user "text\d" on host\d\ngoroutine 101 \[running\]:/);
    expect(text).not.toMatch(/ann|shop|10\.1/);
  });

  it("masks in what the program said as it died hosts, addresses, paths and what is quoted", () => {
    const panic =
      'panic: open /home/ann/key.pem: dial tcp [fd00::1]:443: ann@shop.example: "secret" at https://shop.example/x?k=1';
    const text = redact(`${panic}\n\n${goroutine(7, "main.main()").replace("chan receive", "running")}`);

    expect(text).toMatch(
      /^panic: open \/redacted\/path\d: dial tcp ip\d: user\d@example: "text\d" at https:\/\/host\d\n/,
    );
  });

  it("keeps the words of the runtime", () => {
    const panic = "panic: runtime error: index out of range [5] with length 3\n\n";

    expect(redact(`${panic}${goroutine(7, "main.main()")}`)).toContain(panic);
  });

  it("gives equal values of labels one name, and keeps their keys", () => {
    const text = redact([labelled(2, "acme"), labelled(3, "globex"), labelled(4, "acme")].join("\n"));

    expect(Array.from(text.matchAll(/\{.*\}/g), ([labels]) => labels)).toEqual([
      '{"tenant": "value-1", "a b": ""}',
      '{"tenant": "value-2", "a b": ""}',
      '{"tenant": "value-1", "a b": ""}',
    ]);
  });

  it("renames private packages on demand, also in type arguments, and no others", () => {
    const calls = [
      "git.corp.example/team/shop/queue.(*Pool[git.corp.example/team/shop/job.Job]).run(0xc000118008)",
      "git.corp.example/team/shopping.f()",
      "gopkg.in/yaml%2ev3.f()",
    ];
    const text = goroutine(2, calls.join("\n\t/x/y.go:1\n"));

    expect(redact(text)).toContain("git.corp.example/team/shop/queue.(*Pool");
    const lines = redact(text, "git.corp.example/team/shop/...").split("\n");
    expect(lines[1]).toBe("private.example/p1.(*Pool[private.example/p2.Job]).run(0xe000818008)");
    expect(lines[3]).toBe("git.corp.example/team/shopping.f()");
    expect(lines[5]).toBe("gopkg.in/yaml%2ev3.f()");
  });
});

describe("renamed addresses", () => {
  it("are equal where they were, and as far from each other when they are near", () => {
    const names = new PointerNames();
    const distance = (left: string, right: string) => BigInt(names.rename(right)) - BigInt(names.rename(left));

    expect(distance("0xc000118000", "0xc000118008")).toBe(8n);
    expect(distance("0xc0001ffff8", "0xc000200000")).toBe(8n);
    expect(names.rename("0xc000118000")).toBe(names.rename("0xc000118000"));
    expect(names.rename("0x00c000118000")).toMatch(/^0x00e0/);
    expect(names.rename("0x1f")).toBe("0x1f");
  });

  it("are none of those that were", () => {
    const names = new PointerNames();
    const old = ["0xc000118000", "0xc100118000", "0x43e1e9", "0xffffffffffffffff"];

    expect(old.map((each) => names.rename(each)).filter((each) => old.includes(each))).toEqual([]);
    expect(new Set(old.map((each) => names.rename(each))).size).toBe(old.length);
  });
});
