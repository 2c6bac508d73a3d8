import type { Call } from "../syntax/ast.ts";
import type { Flow } from "./flow.ts";
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
    case "context.WithCancelCause": {
      const context = values.site({ kind: "context", ...at, parent: first ?? values.outside });
      values.hold(node, context);
      const cancel = values.node();
      values.hold(cancel, values.site({ kind: "cancel", ...at, parent: context.id }));
      return [node, cancel];
    }
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
    case "golang.org/x/sync/errgroup.WithContext":
      values.hold(node, values.site({ kind: "waitGroup", ...at }));
      return [node, values.outside];
    default:
      return undefined;
  }
}
