/** A goroutine to be written as Go prints it. */
export interface GoroutineText {
  readonly id: number;
  readonly state: string;
  /** Innermost first, `function(args) file:line`. */
  readonly frames: readonly string[];
  /** `function file:line`, and the creator's id. */
  readonly by?: readonly [place: string, creator: number];
}

/** A dump of these goroutines. */
export function dumpText(...goroutines: readonly GoroutineText[]): string {
  return goroutines.map(goroutineText).join("\n");
}

/** As {@link dumpText}, of a whole process: a signal asked for it. Goroutine 1 has to be among them. */
export function wholeDumpText(...goroutines: readonly GoroutineText[]): string {
  return `SIGQUIT: quit\nPC=0x46e561 m=0 sigcode=0\n\n${dumpText(...goroutines, IDLE)}`;
}

/** A goroutine that is printed to its end, so that a dump is seen to be whole, and that no rule asks about. */
const IDLE: GoroutineText = {
  id: 2,
  state: "force gc (idle)",
  frames: ["runtime.goexit() /usr/local/go/src/runtime/asm_amd64.s:1700"],
};

function goroutineText({ id, state, frames, by }: GoroutineText): string {
  const calls = frames.map((frame) => {
    const [, call, place] = /^(.*) (\S+:\d+)$/.exec(frame) ?? [];
    return `${call}\n\t/src/${place} +0x1d\n`;
  });
  const [, creator, place] = /^(.*) (\S+:\d+)$/.exec(by?.[0] ?? "") ?? [];
  const created = by === undefined ? "" : `created by ${creator} in goroutine ${by[1]}\n\t/src/${place} +0x1d\n`;
  return `goroutine ${id} [${state}]:\n${calls.join("")}${created}`;
}

/** What stands above the caller of `mu.Lock()`: Go 1.24 and later, the outer two calls inlined. */
export function mutexLock(address: string): readonly string[] {
  return [
    "internal/sync.runtime_SemacquireMutex(0x0?, 0x0?, 0x0?) /usr/local/go/src/runtime/sema.go:95",
    `internal/sync.(*Mutex).lockSlow(${address}) /usr/local/go/src/internal/sync/mutex.go:149`,
    "internal/sync.(*Mutex).Lock(...) /usr/local/go/src/internal/sync/mutex.go:70",
    "sync.(*Mutex).Lock(...) /usr/local/go/src/sync/mutex.go:46",
  ];
}

/** As {@link mutexLock}, up to Go 1.19: the state says no more than `semacquire`. */
export function mutexLockOld(address: string): readonly string[] {
  return [
    "sync.runtime_SemacquireMutex(0x1?, 0x68?, 0x6c000?) /usr/local/go/src/runtime/sema.go:77",
    `sync.(*Mutex).lockSlow(${address}) /usr/local/go/src/sync/mutex.go:171`,
    `sync.(*Mutex).Lock(${address}) /usr/local/go/src/sync/mutex.go:90`,
  ];
}
