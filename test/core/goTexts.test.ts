import { expect, test } from "vitest";
import { asPrintedBy } from "../support/score/goTexts.ts";

const LOCK = `goroutine 12 [sync.Mutex.Lock, 3 minutes]:
internal/sync.runtime_SemacquireMutex(0x6?, 0x28?, 0x1349be230050?)
	/usr/local/go1.27/src/runtime/sema.go:95 +0x25
internal/sync.(*Mutex).lockSlow(0x1349be2d00b0)
	/usr/local/go1.27/src/internal/sync/mutex.go:149 +0x15a
internal/sync.(*Mutex).Lock(...)
	/usr/local/go1.27/src/internal/sync/mutex.go:70
sync.(*Mutex).Lock(...)
	/usr/local/go1.27/src/sync/mutex.go:46
main.(*Account).Balance(0x1349be2d00b0)
	/src/bank/main.go:22 +0x31
created by main.main in goroutine 1
	/src/bank/main.go:80 +0x1d
`;

test("a lock as Go 1.22 prints it has its frames in sync", () => {
  expect(asPrintedBy("1.22", LOCK).split("\n").slice(0, 7)).toEqual([
    "goroutine 12 [sync.Mutex.Lock, 3 minutes]:",
    "sync.runtime_SemacquireMutex(0x6?, 0x28?, 0x1349be230050?)",
    "\t/usr/local/go/src/runtime/sema.go:95 +0x25",
    "sync.(*Mutex).lockSlow(0x1349be2d00b0)",
    "\t/usr/local/go/src/sync/mutex.go:149 +0x15a",
    "sync.(*Mutex).Lock(...)",
    "\t/usr/local/go/src/sync/mutex.go:70",
  ]);
  expect(asPrintedBy("1.22", LOCK)).toContain("created by main.main in goroutine 1\n");
});

test("a lock as Go 1.19 prints it has neither its name nor the creator's id", () => {
  const old = asPrintedBy("1.19", LOCK);
  expect(old).toMatch(/^goroutine 12 \[semacquire, 3 minutes\]:\n/);
  expect(old).toContain("\ncreated by main.main\n");
});

test.each(["1.22", "1.19"] as const)("a wait for a WaitGroup as Go %s prints it names a semaphore", (version) => {
  const wait = "goroutine 5 [sync.WaitGroup.Wait]:\nsync.runtime_SemacquireWaitGroup(0xc00001, 0x1?)\n";
  expect(asPrintedBy(version, wait)).toBe("goroutine 5 [semacquire]:\nsync.runtime_Semacquire(0xc00001)\n");
});
