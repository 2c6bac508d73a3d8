import type { Span } from "../../syntax/ast.ts";
import { type Access, accessOf, accessOfOperation } from "../values/access.ts";
import type { Flow, Operation } from "../values/flow.ts";
import type { KnownFrame, KnownStack } from "../stacks/knownStack.ts";
import { deferrer } from "../control/blocks.ts";
import { arePathsSetOnce } from "../values/setOnce.ts";
import type { StackWalk } from "../stacks/stackWalk.ts";

/**
 * Whether a goroutine waits for a WaitGroup that a call further out on its own stack counts down only behind that wait:
 * a worker that shuts its pool down. It waits for itself, whoever else goes on.
 */
export function isOwedBySelf(
  flow: Flow,
  walk: StackWalk,
  { frames }: KnownStack,
  index: number,
  wait: Operation,
): boolean {
  const awaited = wait.kind === "wait" ? nameOf(flow, walk, index, accessOfOperation(flow, wait)) : undefined;
  if (awaited === undefined) return false;
  return frames.some((frame, at) => {
    if (frame === undefined || at < index) return false;
    return owedIn(flow, frame).some((done) => {
      const access = accessOfOperation(flow, done.startedBy ?? done);
      return nameOf(flow, walk, at, access) === awaited && !isCountedAgain(flow, frame, access);
    });
  });
}

/** The Done calls that a call of the function comes to whatever happens: it has deferred them, or ends with them. */
function owedIn(flow: Flow, { fn, line }: KnownFrame): readonly Operation[] {
  const isDeferred = ({ start, line: begins }: Span) =>
    begins < line && fn.body.body.some((one) => one.kind === "defer" && one.start <= start && start < one.end);
  return flow.operations.filter((one) => {
    if (one.kind !== "done" || one.fn === undefined) return false;
    if (one.startedBy !== undefined) return one.fn === fn;
    if (deferrer(flow, one.fn) !== fn || !isDeferred(one.at)) return false;
    // In a deferred literal it may stand behind a condition.
    return one.fn === fn || one.fn.body.body.some(({ kind, start }) => kind === "expression" && start === one.at.start);
  });
}

/** Whether the call still adds to what it counts down: then it may owe nothing before. */
function isCountedAgain(flow: Flow, { fn, line }: KnownFrame, { root, path }: Access): boolean {
  return flow.operations.some((one) => {
    if (one.kind !== "add" || one.fn !== fn || one.at.line < line) return false;
    const added = accessOfOperation(flow, one);
    return added.root === root && added.path.join(".") === path.join(".");
  });
}

/** A name for what an expression of a frame leads to: the same only for one value. Undefined: it may change meanwhile. */
function nameOf(flow: Flow, walk: StackWalk, index: number, { root, path }: Access): string | undefined {
  if (root === undefined || !arePathsSetOnce(flow, root, path)) return undefined;
  if (!root.isParameter || root.fn !== walk.frame(index)?.fn) {
    return root.sources.length > 1 ? undefined : `${index} ${root.id} ${path.join(".")}`;
  }
  if (root.sources.length > 0) return undefined;
  const given = walk.given(index, root);
  const outer =
    given?.at === undefined
      ? undefined
      : nameOf(flow, walk, given.at, accessOf(flow, given.file, given.value, [...given.through, ...path]));
  return outer ?? `${index} ${root.id} ${path.join(".")}`;
}
