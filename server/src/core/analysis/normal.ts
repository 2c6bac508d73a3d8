import { baseState, stateInfo } from "../model/state.ts";
import type { Stack } from "../model/stack.ts";

/** A goroutine that idles in healthy programs. */
interface NormalGoroutine {
  /** Functions, without what closures add; one of them anywhere on the stack is enough. */
  readonly functions: readonly string[];
  /** What it does, a phrase for people: `is ...`. */
  readonly what: string;
}

/**
 * The one list of goroutines that wait in healthy programs and say nothing about a fault. They neither leak nor can they
 * be counted on to wake anybody: they serve their library. Sources: the packages named, Go 1.13 to 1.27.
 */
export const NORMAL_GOROUTINES: readonly NormalGoroutine[] = [
  {
    functions: [
      "net/http.(*persistConn).readLoop",
      "net/http.(*persistConn).writeLoop",
      "net/http.(*connReader).backgroundRead",
      "net/http.(*Transport).startDialConnForLocked",
      "net/http.(*http2ClientConn).readLoop",
      "net/http.(*http2serverConn).readFrames",
      "net/http.(*http2serverConn).serve",
      "golang.org/x/net/http2.(*ClientConn).readLoop",
      "golang.org/x/net/http2.(*serverConn).readFrames",
      "golang.org/x/net/http2.(*serverConn).serve",
      "net/http/internal/http2.(*ClientConn).readLoop",
      "net/http/internal/http2.(*serverConn).readFrames",
      "net/http/internal/http2.(*serverConn).serve",
    ],
    what: "a connection of net/http",
  },
  { functions: ["os/signal.loop", "os/signal.NotifyContext"], what: "a watcher of os/signal" },
  {
    functions: [
      "database/sql.(*DB).connectionOpener",
      "database/sql.(*DB).connectionCleaner",
      "database/sql.(*Tx).awaitDone",
    ],
    what: "housekeeping of database/sql",
  },
  {
    functions: [
      "google.golang.org/grpc/internal/transport.(*http2Client).reader",
      "google.golang.org/grpc/internal/transport.(*http2Client).keepalive",
      "google.golang.org/grpc/internal/transport.(*http2Server).keepalive",
      "google.golang.org/grpc/internal/transport.(*http2Server).HandleStreams",
      "google.golang.org/grpc/internal/transport.(*loopyWriter).run",
      "google.golang.org/grpc/internal/transport.newHTTP2Client",
      "google.golang.org/grpc/internal/transport.NewServerTransport",
      "google.golang.org/grpc/internal/grpcsync.(*CallbackSerializer).run",
      "google.golang.org/grpc.(*Server).serverWorker",
      "google.golang.org/grpc.newClientStreamWithParams",
    ],
    what: "a connection of gRPC",
  },
  {
    functions: ["context.(*cancelCtx).propagateCancel", "context.propagateCancel"],
    what: "the watcher of a context",
  },
  { functions: ["go.opencensus.io/stats/view.(*worker).start"], what: "the worker of OpenCensus" },
  {
    functions: [
      "k8s.io/klog.(*loggingT).flushDaemon",
      "k8s.io/klog/v2.(*flushDaemon).run",
      "github.com/golang/glog.(*fileSink).flushDaemon",
      "github.com/golang/glog.(*loggingT).flushDaemon",
    ],
    what: "the flusher of a logger",
  },
  { functions: ["testing.(*M).startAlarm", "testing.(*T).Parallel", "testing.runFuzzing"], what: "the test runner" },
];

const BY_FUNCTION: ReadonlyMap<string, NormalGoroutine> = new Map(
  NORMAL_GOROUTINES.flatMap((entry) => entry.functions.map((name) => [name, entry] as const)),
);

/** The entry of the list a goroutine belongs to; undefined for all others. */
export function normalGoroutine(families: Iterable<string>): NormalGoroutine | undefined {
  for (const family of families) {
    const entry = BY_FUNCTION.get(family);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** What a call to a function says of its goroutine. */
export type CallKind = "normal" | "takes-dump" | "other";

/** See {@link CallKind}: of a call to that function, or to a closure in `family`. */
export function callKind(name: string, family: string): CallKind {
  // Whoever serves a request for a dump is gone a moment later.
  if (BY_FUNCTION.has(family) || name.startsWith("net/http/pprof.")) return "normal";
  return OBSERVER.test(name) ? "takes-dump" : "other";
}

/** What takes the dump. */
const OBSERVER =
  /^(?:runtime\/pprof\.(?:\(\*Profile\)\.WriteTo|writeGoroutine|runtime_goroutineProfileWithLabels)|runtime\.Stack|runtime\/debug\.(?:Stack|PrintStack))/;

/** Goroutines of the runtime itself, shown from GOTRACEBACK=system up. */
export function isSystem({ frames, createdBy }: Stack, state: string): boolean {
  if (stateInfo(state).kind === "system" || baseState(state) === "idle") return true;
  if (createdBy !== null) return createdBy.function.startsWith("runtime.");
  return (
    frames.length > 0 &&
    frames.every((frame) => frame.function.startsWith("runtime.") && frame.function !== "runtime.main")
  );
}
