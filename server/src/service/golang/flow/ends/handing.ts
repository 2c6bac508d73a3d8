import type { Func, ProgramFile, Source, Variable } from "../../program/model.ts";
import type { Expression } from "../../syntax/ast.ts";
import { type Access, accessOf, accessOfOperation } from "../values/access.ts";
import { passedAs } from "../values/callSyntax.ts";
import type { Flow, Operation } from "../values/flow.ts";
import { type Loop, loopsAround } from "../values/givenOnce.ts";
import type { OperationKind } from "../values/operationKind.ts";

/** Who waits for that needs others for its work: a wait until the program ends is none that it was made for. */
const HANDS_OVER: ReadonlySet<OperationKind> = new Set(["send", "lock", "acquire"]);

/**
 * Whether who waits in one of some operations wants to hand something over, or a lock or a slot. A case of a `select` with a
 * nil channel is switched off: a loop that has nothing to hand over sets its channel to nil, and only waits for work. Nor does
 * a service that offers one thing after another to whoever may ask for one.
 */
export function handsOver(flow: Flow, operations: readonly Operation[]): boolean {
  const isSelect = operations.length > 1;
  return operations.some((one) => {
    if (!isSelect || one.kind !== "send") return HANDS_OVER.has(one.kind);
    return !new Nils(flow).mayHave(one) && !isService(flow, one);
  });
}

/** Whether an endless loop sends to calls that take one each, as `<-ids.next`: such calls come and go. */
function isService(flow: Flow, send: Operation): boolean {
  const loops = loopsOf(send);
  if (loops.length === 0 || !loops.every(isForEver)) return false;
  const sites = flow.values.held(send.node);
  const takes = flow.operations.filter(
    ({ kind, node }) => kind === "receive" && [...flow.values.held(node)].some((site) => sites.has(site)),
  );
  return takes.length > 0 && takes.every((one) => loopsOf(one).length === 0);
}

function loopsOf({ fn, at }: Operation): readonly Loop[] {
  return fn === undefined ? [] : loopsAround(fn.body, at);
}

function isForEver(loop: Loop): boolean {
  return loop.kind === "for" && loop.condition === undefined;
}

/** Whether a channel may be nil. */
class Nils {
  readonly #flow: Flow;
  readonly #known = new Set<Variable | Func>();

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  mayHave(operation: Operation): boolean {
    return this.#access(accessOfOperation(this.#flow, operation));
  }

  #access(access: Access): boolean {
    if (access.root === undefined) return true;
    return access.path.length === 0 ? this.#variable(access.root) : this.#fields(access);
  }

  /** A field that is set later than its struct is made to what others bring was nil until then. */
  #fields({ root, path }: Access): boolean {
    const { types } = this.#flow;
    let type = types.variable(root!);
    for (const name of path) {
      const field = types.field(type, name);
      // An element is none.
      if (field === undefined) return true;
      if (!this.#flow.stores(this.#flow.field(field)).every(({ value }) => isMake(value))) return true;
      type = types.named(field.type, field.file);
    }
    return false;
  }

  #variable(variable: Variable): boolean {
    if (this.#known.has(variable)) return false;
    this.#known.add(variable);
    const { fn, file, isParameter, type, sources } = variable;
    if (sources.some((source) => this.#source(source, file))) return true;
    // `var to chan T` is nil to begin with.
    if (!isParameter || fn === undefined) return fn !== undefined && type !== undefined;
    return this.#parameter(fn, variable);
  }

  #parameter(fn: Func, variable: Variable): boolean {
    return (this.#flow.callersOf.get(fn) ?? []).some((site) =>
      (passedAs(site, fn, variable)?.values ?? []).some((value) => this.#expression(value, site.file)),
    );
  }

  #source({ value, part }: Source, file: ProgramFile): boolean {
    return part === "whole" && this.#expression(value, file);
  }

  #expression(value: Expression, file: ProgramFile): boolean {
    switch (value.kind) {
      case "name": {
        const bound = this.#flow.program.bindings.get(value);
        return bound?.kind === "variable" ? this.#variable(bound) : bound === undefined && value.name === "nil";
      }
      case "selector":
        return this.#access(accessOf(this.#flow, file, value, []));
      case "index":
        return true;
      case "call":
        return (this.#flow.callSites.get(value) ?? []).some(({ targets }) =>
          [...targets].some((fn) => this.#result(fn)),
        );
      default:
        return false;
    }
  }

  /** Whether a function may give nil, whichever of its results. */
  #result(fn: Func): boolean {
    if (this.#known.has(fn)) return false;
    this.#known.add(fn);
    return fn.returns.some((values) => values.some((value) => this.#expression(value, fn.file)));
  }
}

function isMake(value: Expression): boolean {
  return value.kind === "call" && value.callee.kind === "name" && value.callee.name === "make";
}
