import type { OperationKind } from "./operationKind.ts";
import type { SiteKind } from "./values.ts";

/** Types of other packages whose zero value is made where a variable or field is declared. */
const VALUE_TYPES: ReadonlyMap<string, SiteKind> = new Map([
  ["sync.Mutex", "mutex"],
  ["sync.RWMutex", "mutex"],
  ["sync.WaitGroup", "waitGroup"],
  ["sync.Once", "once"],
  ["sync.Cond", "cond"],
  ["golang.org/x/sync/errgroup.Group", "waitGroup"],
  ["golang.org/x/sync/semaphore.Weighted", "semaphore"],
]);

const METHODS: ReadonlyMap<string, OperationKind> = new Map([
  ["Lock", "lock"],
  ["RLock", "lock"],
  ["TryLock", "lock"],
  ["TryRLock", "lock"],
  ["Unlock", "unlock"],
  ["RUnlock", "unlock"],
  ["Wait", "wait"],
  ["Done", "done"],
  ["Add", "done"],
  ["Signal", "signal"],
  ["Broadcast", "signal"],
  ["Acquire", "acquire"],
  ["TryAcquire", "acquire"],
  ["Release", "release"],
]);

/** What has the methods that do it. */
const OWNERS: ReadonlyMap<OperationKind, readonly SiteKind[]> = new Map<OperationKind, readonly SiteKind[]>([
  ["lock", ["mutex"]],
  ["unlock", ["mutex"]],
  ["wait", ["waitGroup", "cond"]],
  ["done", ["waitGroup"]],
  ["signal", ["cond"]],
  ["acquire", ["semaphore"]],
  ["release", ["semaphore"]],
]);

const WITH_METHODS: ReadonlySet<SiteKind> = new Set([...OWNERS.values()].flat());

/** Whether values of that kind are what those methods are called on. */
export function hasMethods(kind: SiteKind): boolean {
  return WITH_METHODS.has(kind);
}

/** Packages that keep nothing of what they are given, and start nothing: functions given to them apart. */
const KEEPS_NOTHING = new Set(
  (
    "bufio bytes encoding/base64 encoding/binary encoding/hex encoding/json errors fmt hash/fnv io log math " +
    "math/rand math/rand/v2 os path path/filepath regexp runtime/debug sort strconv strings " +
    "testing time unicode unicode/utf8 crypto/rand crypto/sha256 crypto/md5"
  ).split(" "),
);

/** Functions that call what they are given before they return, or on a goroutine of their own. */
const CALLS_BACK = new Set(
  (
    "sync.Once.Do sync.WaitGroup.Go golang.org/x/sync/errgroup.Group.Go golang.org/x/sync/errgroup.Group.TryGo " +
    "sync.Map.Range testing.T.Run testing.B.Run sort.Slice sort.SliceStable sort.Search slices.SortFunc " +
    "slices.IndexFunc slices.ContainsFunc slices.DeleteFunc strings.Map strings.FieldsFunc strings.IndexFunc " +
    "strings.TrimFunc path/filepath.Walk path/filepath.WalkDir"
  ).split(" "),
);

/** Methods that the packages which keep nothing may call on a value. */
const CALLED_BY_LIBRARIES =
  /^(?:String|GoString|Error|Format|Unwrap|Is|As|Marshal\w+|Unmarshal\w+|Write\w*|Read\w*|Len|Less|Swap|Close|Handle|Enabled|WithAttrs|WithGroup|LogValue|Scan|Seek|Seed|Int63|Uint64)$/;

/** What the zero value of an external type is; undefined: nothing that can be waited for. */
export function valueKind(type: string): SiteKind | undefined {
  return VALUE_TYPES.get(type);
}

/** What a method of a lock, WaitGroup or Cond does by its name. */
export function operationOf(method: string): OperationKind | undefined {
  return METHODS.get(method);
}

/** Which of some embedded types has the method. */
export function typeWith<T extends { readonly type: string }>(embedded: readonly T[], method: string): T | undefined {
  const kinds = OWNERS.get(operationOf(method) ?? "close") ?? [];
  return embedded.find(({ type }) => kinds.includes(valueKind(type) ?? "unknown")) ?? embedded[0];
}

/** Whether functions of that package, by import path, keep nothing. */
export function keepsNothing(path: string): boolean {
  return KEEPS_NOTHING.has(path);
}

/** Whether an external function, `path.Type.Method` or `path.Function`, calls its arguments for the caller. */
export function callsBack(name: string): boolean {
  return CALLS_BACK.has(name);
}

/** Whether a package that keeps nothing may call a method of that name. */
export function isCalledByLibraries(method: string): boolean {
  return CALLED_BY_LIBRARIES.test(method);
}

/** Whether methods of that external type are operations. */
export function hasOperations(type: string): boolean {
  return type.startsWith("sync.") || VALUE_TYPES.has(type);
}

/** Whether the goroutine or call that an external function starts counts as one more to wait for. */
export function countsDown(name: string): boolean {
  return name === "sync.WaitGroup.Go" || name.startsWith("golang.org/x/sync/errgroup.Group.");
}
