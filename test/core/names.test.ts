import { describe, expect, it } from "vitest";
import { outerFunction, shortFunctionName, splitFunctionName } from "../../server/src/core/names/functionName.ts";
import { inferState } from "../../server/src/core/names/inferState.ts";
import { isStandardLibrary } from "../../server/src/core/names/standardLibrary.ts";

describe("splitting a function's name", () => {
  it.each([
    ["main.main", "main", "main", null],
    ["github.com/a/b.(*T).M", "github.com/a/b", "(*T).M", "T"],
    ["github.com/a/b.T.M", "github.com/a/b", "T.M", "T"],
    ["example.com/x.(*L[...]).Push", "example.com/x", "(*L[...]).Push", "L"],
    ["main.F[go.shape.struct { X int; P *a/b.T }]", "main", "F[go.shape.struct { X int; P *a/b.T }]", null],
    ["example.com/my.mod/pkg%2ev3.(*T).Recv", "example.com/my.mod/pkg.v3", "(*T).Recv", "T"],
    ["main.run.func1", "main", "run.func1", null],
    ["main.init.0.func1", "main", "init.0.func1", null],
    ["main.glob..func1", "main", "glob..func1", null],
    ["findrunnable", "", "findrunnable", null],
    ["panic", "", "panic", null],
  ])("%s", (symbol, packagePath, name, receiver) => {
    expect(splitFunctionName(symbol)).toEqual({ packagePath, name, receiver });
  });

  it("shortens the package to its last element", () => {
    expect(shortFunctionName("github.com/a/b.(*T).M")).toBe("b.(*T).M");
    expect(shortFunctionName("_cgo_f")).toBe("_cgo_f");
  });

  it.each([
    ["main.f.func1", "main.f"],
    ["main.f.func1.2", "main.f"],
    ["main.f.func1.gowrap2", "main.f"],
    ["main.(*T).M-fm", "main.(*T).M"],
    ["main.f-range1.func2", "main.f"],
    ["main.f.1", "main.f"],
    ["shop/pool.(*Pool).Do.1.2", "shop/pool.(*Pool).Do"],
    ["main.init.0", "main.init.0"],
    ["main.init.0.func1", "main.init.0"],
    ["main.f", "main.f"],
  ])("knows the function that %s is part of", (symbol, outer) => {
    expect(outerFunction(symbol)).toBe(outer);
  });
});

describe("the state that a stack proves", () => {
  it.each([
    [["runtime.gopark", "runtime.chanrecv", "runtime.chanrecv1", "main.f"], "chan receive"],
    [["runtime.asyncPreempt2", "runtime.asyncPreempt", "main.f"], "runnable"],
    [["runtime.goyield", "runtime.semrelease1", "sync.runtime_Semrelease", "sync.(*Mutex).unlockSlow"], "runnable"],
    [["main.f", "main.main"], "runnable"],
    [["runtime.gopark", "main.f"], "unknown"],
  ])("of %j is %s", (functions, state) => {
    expect(inferState(functions, true)).toBe(state);
  });
});

describe("the standard library", () => {
  it.each([
    ["net/http.(*conn).serve", "/usr/local/go/src/net/http/server.go", true],
    ["net/http.(*conn).serve", "C:/Program Files/Go/src/net/http/server.go", true],
    ["net/http.(*conn).serve", "net/http/server.go", true],
    ["sync.runtime_SemacquireMutex", "/usr/local/go/src/runtime/sema.go", true],
    ["os/signal.loop", "/usr/local/go/src/pkg/os/signal/signal_unix.go", true],
    ["runtime.gopark", null, true],
    ["log.(*Writer).Run", "/home/me/log/writer.go", false],
    ["main.main", "/src/main.go", false],
    ["shop/internal/cart.Add", "/src/shop/internal/cart/cart.go", false],
    ["golang.org/x/net/http2.(*Framer).ReadFrame", "/go/pkg/mod/golang.org/x/net@v0.1.0/http2/frame.go", false],
    ["panic", "/usr/local/go/src/runtime/panic.go", true],
  ])("%s in %s", (symbol, file, isStandard) => {
    expect(isStandardLibrary(symbol, file)).toBe(isStandard);
  });
});
