import { describe, expect, it } from "vitest";
import {
  isNonGoFunction,
  isUnavailable,
  readAncestor,
  readCall,
  readCreatedBy,
  readElided,
  readLocation,
} from "../../../../server/src/core/forms/traceback/frameLine.ts";

describe("a call", () => {
  it.each([
    ["main.main()", "main.main", ""],
    ["main.f(...)", "main.f", "..."],
    ["a/b.(*T).M(0xc000010018, {0x1, 0x2?}, _, ...)", "a/b.(*T).M", "0xc000010018, {0x1, 0x2?}, _, ..."],
    ["panic({0x6ad0e0?, 0xc0000862b0?})", "panic", "{0x6ad0e0?, 0xc0000862b0?}"],
    ["go.(*struct { sync.Mutex; n int }).Lock(0x1)", "go.(*struct { sync.Mutex; n int }).Lock", "0x1"],
    ["main.F[...](0x1) ", "main.F[...]", "0x1"],
  ])("%s", (text, name, args) => {
    expect(readCall(text)).toEqual({ function: name, args });
  });

  it.each(["main.main", "hello (world)", "\tmain.main()", "()", "done in (12ms)"])("%s is none", (text) => {
    expect(readCall(text)).toBeUndefined();
  });

  it("is found in time linear in the line", () => {
    expect(readCall("(".repeat(200_000))).toBeUndefined();
    expect(readCall(`${"(".repeat(200_000)})`)?.args).toBe("");
  });
});

describe("a place", () => {
  it.each([
    ["\t/src/main.go:8 +0x1d", "/src/main.go", 8],
    ["\t/src/main.go:8", "/src/main.go", 8],
    ["        C:/Users/Jo Bloggs/x.go:12 +0x3 fp=0x1 sp=0x2 pc=0x3", "C:/Users/Jo Bloggs/x.go", 12],
    ["\t../../tip+trace/src/x.go:3 fp=0x1 sp=0x2", "../../tip+trace/src/x.go", 3],
    ["\t_testmain.go:47 +0x1", "_testmain.go", 47],
    ["\t??:0 +0x6d", "??", 0],
    ["\t/src/a.c:12 pc=0x4004d0", "/src/a.c", 12],
    ["\t/src/main.go:53 +0xf9  // the send", "/src/main.go", 53],
  ])("%s", (text, file, line) => {
    const place = readLocation(text, false);
    expect(place).toMatchObject({ file, line });
    expect(text.slice(place?.start, place?.end)).toBe(`${file}:${line}`);
  });

  it("of a C function without symbols is unknown", () => {
    expect(readLocation("\tpc=0x4004d0", false)).toMatchObject({ file: null, line: null });
  });

  it("may stand at the line's start only where a copy lost its tabs", () => {
    expect(readLocation("/src/main.go:8 +0x1d", false)).toBeUndefined();
    expect(readLocation("/src/main.go:8 +0x1d", true)).toMatchObject({ line: 8 });
  });

  it.each(["\tgoroutine running on other thread; stack unavailable", "\t", "\t/src/main.go"])("%s is none", (text) => {
    expect(readLocation(text, true)).toBeUndefined();
  });
});

describe("the marks of a stack", () => {
  it("created by, with and without the creator's id", () => {
    expect(readCreatedBy("created by main.main.func1 in goroutine 7")).toEqual({
      function: "main.main.func1",
      creator: 7,
    });
    expect(readCreatedBy("created by net/http.(*Server).Serve")).toEqual({
      function: "net/http.(*Server).Serve",
      creator: null,
    });
  });

  it("elided frames, counted since Go 1.21", () => {
    expect(readElided("...23 frames elided...")).toBe(23);
    expect(readElided("...additional frames elided...")).toBeNull();
    expect(readElided("... 23 frames")).toBeUndefined();
  });

  it("ancestors, other threads and C", () => {
    expect(readAncestor("[originating from goroutine 7]:")).toBe(7);
    expect(isUnavailable("\tgoroutine running on other thread; stack unavailable")).toBe(true);
    expect(isUnavailable("\tgoroutine in C code; stack unavailable")).toBe(true);
    expect(isNonGoFunction("non-Go function at pc=0x7f00")).toBe(true);
    expect(isNonGoFunction("non-Go function")).toBe(true);
  });
});
