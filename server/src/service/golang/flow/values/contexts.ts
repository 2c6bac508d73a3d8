import type { Call } from "../../syntax/ast.ts";
import type { Flow } from "./flow.ts";
import type { Site } from "./values.ts";
import type { Where } from "./where.ts";

/**
 * The results of a call that makes a context, a Cond, a semaphore, an errgroup or a pipe, `first` the node of its first argument; undefined
 * when it is none of these functions, or time ends the context.
 */
export function madeByLibrary(
  name: string,
  call: Call,
  { fn }: Where,
  first: number | undefined,
  flow: Flow,
): readonly number[] | undefined {
  const { values } = flow;
  const at = { fn, at: call };
  const node = values.node();
  switch (name) {
    case "context.Background":
    case "context.TODO":
    case "context.WithoutCancel":
      values.hold(node, values.site({ kind: "background", ...at }));
      return [node];
    case "context.WithValue":
      return [first ?? values.outside];
    case "context.WithCancel":
    case "context.WithCancelCause":
    case "os/signal.NotifyContext":
      return withCancel(name.startsWith("os/signal."), at, first, flow);
    case "io.Pipe":
      flow.streams.open();
      values.hold(node, values.site({ kind: "pipe", ...at }));
      return [node, node];
    case "sync.NewCond":
      values.hold(node, values.site({ kind: "cond", ...at }));
      values.flow(first, values.elementOf(node));
      return [node];
    case "golang.org/x/sync/semaphore.NewWeighted":
      values.hold(node, values.site({ kind: "semaphore", ...at }));
      return [node];
    case "golang.org/x/sync/errgroup.WithContext": {
      const [context, cancel] = withCancel(false, at, first, flow);
      values.hold(node, values.site({ kind: "waitGroup", ...at }));
      // The group cancels the context itself.
      values.flow(cancel, node);
      return [node, context!];
    }
    default:
      return first === undefined ? undefined : ofSignals(name, first, flow);
  }
}

function withCancel(
  isBySignal: boolean,
  at: Pick<Site, "fn" | "at">,
  parent: number | undefined,
  { values }: Flow,
): readonly number[] {
  const [node, cancel] = [values.node(), values.node()];
  const context = values.site({ kind: "context", ...at, parent: parent ?? values.outside, isBySignal });
  values.hold(node, context);
  values.hold(cancel, values.site({ kind: "cancel", ...at, parent: context.id }));
  return [node, cancel];
}

/** The runtime sends signals on the channel, and does nothing else with it. */
function ofSignals(name: string, channel: number, { notified, values }: Flow): readonly number[] | undefined {
  if (name === "os/signal.Stop") return [];
  if (name !== "os/signal.Notify") return undefined;
  notified.push(channel);
  values.flow(values.outside, values.elementOf(channel));
  return [];
}
