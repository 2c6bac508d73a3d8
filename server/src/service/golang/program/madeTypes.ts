const CONTEXT = "context.Context";

/** The types of what some functions of other packages make. */
const MADE_BY: ReadonlyMap<string, string> = new Map([
  ["sync.NewCond", "sync.Cond"],
  ["golang.org/x/sync/errgroup.WithContext", "golang.org/x/sync/errgroup.Group"],
  ["golang.org/x/sync/semaphore.NewWeighted", "golang.org/x/sync/semaphore.Weighted"],
  ["time.NewTicker", "time.Ticker"],
  ["archive/zip.NewWriter", "archive/zip.Writer"],
  ["mime/multipart.NewReader", "mime/multipart.Reader"],
  ["mime/multipart.NewWriter", "mime/multipart.Writer"],
  ["time.NewTimer", "time.Timer"],
]);

/** The type of a result of a well known function of another package, `path.F`. */
export function madeBy(name: string, index: number): string | undefined {
  const isOfContext = (name.startsWith("context.") && name !== "context.Cause") || name === "os/signal.NotifyContext";
  if (index === 0 && isOfContext) return CONTEXT;
  if (index === 1 && name === "golang.org/x/sync/errgroup.WithContext") return CONTEXT;
  if (name === "io.Pipe") return index === 0 ? "io.PipeReader" : "io.PipeWriter";
  return index === 0 ? MADE_BY.get(name) : undefined;
}
