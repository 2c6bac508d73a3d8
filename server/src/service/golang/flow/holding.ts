import type { Func } from "../program/model.ts";
import type { Block, Statement } from "../syntax/ast.ts";
import { statementsOf } from "../syntax/children.ts";
import type { Flow, Operation } from "./flow.ts";
import type { Site } from "./values.ts";

/** Lines of a function, both included, at which a goroutine holds a lock. */
export interface HeldLines {
  readonly fn: Func;
  readonly line: number;
  readonly endLine: number;
  readonly lock: Operation;
}

/**
 * Where a lock is held: from each Lock to the Unlock that follows it in the same block, else to the end of the function.
 * Undefined when some function unlocks what another one has locked: then lines do not tell.
 */
export function heldLines(flow: Flow, site: Site): readonly HeldLines[] | undefined {
  const operations = flow.operations.filter(
    ({ kind, node }) => /^(?:un)?lock$/.test(kind) && flow.values.held(node).has(site),
  );
  const locks = operations.filter(({ kind }) => kind === "lock");
  const lockers = new Set(locks.map(({ fn }) => fn));
  const unlockers = new Set(
    operations.filter(({ kind }) => kind === "unlock").map(({ fn }) => fn && deferrer(flow, fn)),
  );
  const isPaired = [...lockers].every((fn) => unlockers.has(fn)) && [...unlockers].every((fn) => lockers.has(fn));
  if (!isPaired) return undefined;
  const unlockStarts = new Set(operations.filter(({ kind }) => kind === "unlock").map(({ at }) => at.start));
  return locks.flatMap((lock) => {
    if (lock.fn === undefined) return [];
    const endLine = endOf(lock.fn.body, lock, unlockStarts) ?? lock.fn.body.endLine;
    return { fn: lock.fn, line: lock.at.line, endLine, lock };
  });
}

/** The function that defers a literal: what is unlocked in the literal is unlocked for it. */
function deferrer(flow: Flow, fn: Func): Func {
  const [site, ...others] = flow.callersOf.get(fn) ?? [];
  const isDeferred = site?.kind === "defer" && others.length === 0 && site.call.callee.kind === "function";
  return isDeferred ? (site.fn ?? fn) : fn;
}

/** The line of the Unlock that follows a Lock in its block. */
function endOf(block: Block, { at }: Operation, unlocks: ReadonlySet<number>): number | undefined {
  const list = blockOf(block, at.start);
  const index = list.findIndex(({ start, end }) => start <= at.start && at.start < end);
  const unlock = list
    .slice(index + 1)
    .find((statement) => statement.kind === "expression" && unlocks.has(statement.of.start));
  return unlock?.line;
}

/** The innermost list of statements that has the offset. */
function blockOf(statement: Statement, offset: number): readonly Statement[] {
  const within = statementsOf(statement);
  const inner = within.find(({ start, end }) => start <= offset && offset < end);
  if (inner === undefined || statementsOf(inner).length === 0) return within;
  return blockOf(inner, offset);
}
