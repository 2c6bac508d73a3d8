import { expect, test } from "vitest";
import { fitsLine } from "../../../server/src/service/locator/lineFit.ts";

const fits = (code: string, state: string, callee?: string) =>
  fitsLine(`package p\n\nfunc f() {\n\t${code}\n}\n`, 3, { state, ...(callee !== undefined && { callee }) });

test.each([
  ["ch <- v", "chan send", undefined, true],
  ["<-ch", "chan send", undefined, false],
  ["v := <-ch", "chan receive", "runtime.chanrecv1", true],
  ["for v := range ch {", "chan receive", undefined, true],
  ["select {", "select", undefined, true],
  ["select {", "chan receive", undefined, true],
  ["x := 1", "chan receive", undefined, false],
  ["x := 1", "select", undefined, false],
  ["m.mu.Lock()", "sync.Mutex.Lock", "sync.(*Mutex).Lock", true],
  ["m.mu.Unlock()", "sync.Mutex.Lock", "sync.(*Mutex).Lock", false],
  ["// Lock is not called here, Unlocked is", "semacquire", "sync.(*Mutex).Locked", false],
  ["run(func() {", "semacquire", "main.f.func1", true],
  ["x[i] = 1", "running", "runtime.goPanicIndex", true],
  ["panic(err)", "running", "panic", true],
  ["x := 1", "running", undefined, true],
])("%s, %s, %s: %s", (code, state, callee, expected) => {
  expect(fits(code, state, callee)).toBe(expected);
});
