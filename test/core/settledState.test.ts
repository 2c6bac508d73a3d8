import { expect, test } from "vitest";
import { settledState } from "../../server/src/core/names/inferState.ts";

function stack(...functions: readonly string[]) {
  return functions.map((name) => ({ function: name }));
}

test.each([
  [["sync.runtime_SemacquireMutex", "sync.(*Mutex).lockSlow", "sync.(*Mutex).Lock"], "sync.Mutex.Lock"],
  [["internal/sync.runtime_SemacquireMutex", "internal/sync.(*Mutex).lockSlow"], "sync.Mutex.Lock"],
  [["sync.runtime_SemacquireMutex", "sync.(*RWMutex).RLock"], "sync.RWMutex.RLock"],
  [["sync.runtime_Semacquire", "sync.(*RWMutex).Lock"], "sync.RWMutex.Lock"],
  [["sync.runtime_Semacquire", "sync.(*WaitGroup).Wait"], "sync.WaitGroup.Wait"],
])("semacquire in %j is %s, as newer releases of Go print it", (functions, state) => {
  expect(settledState("semacquire", stack(...functions, "main.main"))).toBe(state);
});

test("semacquire of something else stays what it is", () => {
  expect(settledState("semacquire", stack("internal/poll.runtime_Semacquire", "main.main"))).toBe("semacquire");
  expect(settledState("semacquire", stack("main.main"))).toBe("semacquire");
});

test("other states stay as they are printed, without suffixes", () => {
  const frames = stack("sync.runtime_SemacquireMutex", "sync.(*Mutex).lockSlow");
  expect(settledState("chan receive (scan)", frames)).toBe("chan receive");
  expect(settledState("chan receive (nil chan)", frames)).toBe("chan receive (nil chan)");
  expect(settledState("runnable", frames)).toBe("runnable");
});
