import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Pattern {
  readonly regexp: string;
  readonly file?: number;
  readonly line?: number;
  readonly message?: number;
}

interface Manifest {
  readonly contributes: {
    readonly problemPatterns: readonly { readonly name: string; readonly patterns: readonly Pattern[] }[];
  };
}

const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as Manifest;

/** Matches as the editor does: the patterns have to fit lines that follow each other. */
function problems(name: string, output: string) {
  const patterns = manifest.contributes.problemPatterns.find((each) => each.name === name)?.patterns ?? [];
  const lines = output.split("\n");
  return lines.flatMap((_, start) => {
    const found: Record<string, string> = {};
    for (const [index, { regexp, ...groups }] of patterns.entries()) {
      const match = new RegExp(regexp).exec(lines[start + index] ?? "");
      if (match === null) return [];
      for (const key of ["file", "line", "message"] as const) {
        if (groups[key] !== undefined) found[key] = match[groups[key]] ?? "";
      }
    }
    return [found];
  });
}

describe("the problem matchers of tasks", () => {
  it("take a panic's message to the first frame", () => {
    const output =
      "go run .\npanic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/a b/main.go:4 +0x27\nexit status 2";

    expect(problems("go-panic", output)).toEqual([{ message: "panic: boom", file: "/src/a b/main.go", line: "4" }]);
  });

  it("take a panic by a signal there too", () => {
    const output = [
      "panic: runtime error: invalid memory address or nil pointer dereference",
      "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x45ad40]",
      "",
      "goroutine 7 [running]:",
      "main.(*T).M(0x0)",
      "\tC:/src/main.go:9 +0x27",
    ].join("\n");

    expect(problems("go-panic-signal", output)).toMatchObject([{ file: "C:/src/main.go", line: "9" }]);
  });

  it("take a deadlock there", () => {
    const output =
      "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n\t/src/main.go:5 +0x2d";

    expect(problems("go-panic", output)).toMatchObject([{ file: "/src/main.go", line: "5" }]);
  });

  it("take a test that timed out to where it stands", () => {
    const output = [
      "panic: test timed out after 1s",
      "running tests:",
      "\tTestWait (1s)",
      "",
      "goroutine 6 [chan receive]:",
      "example.com/shop.TestWait(0xc000003a40)",
      "\t/src/shop/wait_test.go:10 +0x25",
      "testing.tRunner(0xc000003a40, 0x1)",
      "\t/usr/lib/go/src/testing/testing.go:1446 +0x10b",
    ].join("\n");

    expect(problems("go-test-timeout", output)).toEqual([
      { message: "example.com/shop.TestWait", file: "/src/shop/wait_test.go", line: "10" },
    ]);
  });
});
