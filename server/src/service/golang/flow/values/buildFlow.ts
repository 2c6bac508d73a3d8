import {
  fieldName,
  type Func,
  namedTypes,
  type Program,
  type ProgramFile,
  type Variable,
} from "../../program/model.ts";
import type { Expression, Span, Statement } from "../../syntax/ast.ts";
import { expressionsOf, operandsOf, statementsOf } from "../../syntax/children.ts";
import { Calls } from "./calls.ts";
import { Flow } from "./flow.ts";
import { LateMethods } from "./lateMethods.ts";
import { hasMethods, isCalledByLibraries } from "./library.ts";
import type { OperationKind } from "./operationKind.ts";
import { SameStructs } from "./sameStructs.ts";
import { giveAllFields, giveFields, giveMethods } from "./leaving.ts";
import { isCalledByStandard, isExported } from "./standard.ts";
import type { Site } from "./values.ts";
import type { Where } from "./where.ts";

/** Works out where values go in a program; undefined when it is too large. */
export function buildFlow(program: Program): Flow | undefined {
  const flow = new Flow(program);
  const builder = new FlowBuilder(flow);
  for (const fn of program.functions) builder.function(fn);
  for (const variable of program.variables) builder.variable(variable);
  openRoots(flow);
  leaveEmbedded(flow);
  const solve = () => flow.values.solve((node, site) => builder.arrive(node, site));
  solve();
  builder.settle();
  solve();
  return flow.values.isExhausted ? undefined : flow;
}

/** Functions that others than the program itself start. */
function openRoots(flow: Flow): void {
  const { packages, isWhole } = flow.program;
  for (const { name, files, scope } of packages) {
    const isOpen = !isWhole && name !== "main";
    for (const file of files)
      for (const fn of file.functions) if (isTest(fn, file) || (isOpen && isOpenFunction(fn))) flow.makeRoot(fn);
    if (!isOpen) continue;
    for (const one of scope.values()) {
      if (one.kind !== "variable" || !isExported(one.name)) continue;
      flow.values.flow(flow.variable(one), flow.values.outside);
      flow.values.flow(flow.values.outside, flow.variable(one));
    }
  }
}

/** Streams that a struct embeds are used by calls that do not name them. */
function leaveEmbedded(flow: Flow): void {
  for (const type of namedTypes(flow.program)) {
    const struct = flow.types.underlying(type);
    if (struct?.kind !== "struct") continue;
    for (const { name, type: embedded } of struct.fields) {
      const path = fieldName({ name, type: embedded });
      const isForeign = name === undefined && flow.types.named(embedded, struct.file)?.kind === "external";
      if (isForeign && path !== undefined) {
        flow.streams.leave(flow.field({ names: [path], type: embedded, file: struct.file }));
      }
    }
  }
}

function isTest({ name, literal }: Func, { uri }: ProgramFile): boolean {
  return literal === undefined && uri.endsWith("_test.go") && /^(?:Test|Benchmark|Fuzz|Example)/.test(name);
}

function isOpenFunction({ declaration }: Func): boolean {
  return declaration !== undefined && isExported(declaration.name.name);
}

class FlowBuilder {
  readonly #flow: Flow;
  readonly #late: LateMethods;
  readonly #same: SameStructs;
  readonly #calls: Calls;

  constructor(flow: Flow) {
    this.#flow = flow;
    this.#late = new LateMethods(flow);
    this.#same = new SameStructs(flow);
    this.#calls = new Calls(flow, this.#late, this.#same);
  }

  arrive(node: number, site: Site): void {
    const { values, library, standard, unsafe, operatedOutside, streams } = this.#flow;
    this.#calls.arrive(node, site);
    this.#late.arrive(node, site);
    const isLeaving = node === library || node === standard || node === values.outside;
    // Others may do it at any time: to locks and the like, not to whatever else there may be.
    if (isLeaving && site.kind === "bound") values.flow(site.parent, operatedOutside);
    if (node === operatedOutside && hasMethods(site.kind)) values.hold(values.outside, site);
    if (node === streams.node && site.kind === "pipe") values.hold(values.outside, site);
    if (node === library) this.#leave(site, isCalledByLibraries, false);
    if (node === standard) this.#leave(site, isCalledByStandard, true);
    if (node === unsafe) this.#leaveUnsafely(site);
    if (node === values.outside) this.#leaveFully(site);
  }

  /** Libraries call what methods they know; functions they may call at any time; other values some of them keep. */
  #leave(site: Site, mayCall: (method: string) => boolean, isKept: boolean): void {
    if (site.kind === "object") giveMethods(this.#flow, site, mayCall);
    else if (isKept || site.kind === "function" || site.kind === "cancel") {
      this.#flow.values.hold(this.#flow.values.outside, site);
    }
  }

  #leaveFully(site: Site): void {
    if (site.kind === "object") giveMethods(this.#flow, site, isExported);
    if (site.type !== undefined) giveFields(this.#flow, site.type);
    if (site.target !== undefined) this.#flow.makeRoot(site.target);
  }

  #leaveUnsafely(site: Site): void {
    this.#flow.values.hold(this.#flow.values.outside, site);
    if (site.type !== undefined) giveAllFields(this.#flow, site.type);
  }

  /** What is only known when all values have flowed. */
  settle(): void {
    this.#late.settle();
    this.#same.settle();
  }

  function(fn: Func): void {
    const where = { fn, file: fn.file };
    this.#statements(fn.body.body, where);
    for (const values of fn.returns) this.#return(fn, values, where);
    for (const [index, result] of fn.results.entries()) {
      if (result !== undefined) this.#flow.values.flow(this.#flow.variable(result), this.#flow.result(fn, index));
    }
  }

  /** What a variable gets by declarations, assignments and ranges. */
  variable(variable: Variable): void {
    const { values } = this.#flow;
    for (const { fn, value, index, part } of variable.sources) {
      const where = { fn, file: variable.file };
      const node =
        part === "whole"
          ? this.#calls.expressions.resultNode(value, where, index)
          : this.#calls.expressions.node(value, where);
      if (node === undefined) continue;
      values.flow(part === "whole" ? node : values.elementOf(node), this.#flow.variable(variable));
    }
  }

  #return(fn: Func, returned: readonly Expression[], where: Where): void {
    const { length } = fn.type.results;
    const [only] = returned;
    for (let index = 0; index < length; index++) {
      const isTuple = returned.length < length;
      const value = isTuple ? only : returned[index];
      if (value === undefined) return;
      const node = this.#calls.expressions.resultNode(value, where, isTuple ? index : 0);
      this.#flow.values.flow(node, this.#flow.result(fn, index));
    }
  }

  #statements(statements: readonly Statement[], where: Where): void {
    for (const statement of statements) this.#statement(statement, where);
  }

  #statement(statement: Statement, where: Where): void {
    switch (statement.kind) {
      case "go":
      case "defer":
        return this.#start(statement.call, where, statement.kind);
      case "send":
        this.#send(statement, where);
        break;
      case "range": {
        const { assign, body } = statement;
        const at = { start: statement.start, end: body.start, line: statement.line, endLine: body.line };
        this.#operation("receive", assign.right[0], at, where);
        if (assign.right[0] !== undefined) this.#calls.range(assign.right[0], where);
        break;
      }
      case "assign":
        this.#assign(statement, where);
        break;
    }
    for (const expression of expressionsOf(statement)) this.#expression(expression, where);
    this.#statements(statementsOf(statement), where);
  }

  #start(call: Expression, where: Where, kind: "go" | "defer"): void {
    if (call.kind !== "call") return;
    this.#calls.read(call, where, kind);
    for (const argument of call.args) this.#receives(argument, where);
  }

  #send({ channel, value, ...at }: Extract<Statement, { kind: "send" }>, where: Where): void {
    const { values } = this.#flow;
    const node = this.#calls.expressions.node(channel, where);
    if (node !== undefined) {
      values.flow(this.#calls.expressions.node(value, where), values.elementOf(node));
      this.#flow.store(values.elementOf(node), { fn: where.fn, value, into: channel });
    }
    this.#operation("send", channel, at, where);
  }

  /** Variables know themselves what they get; this is about fields and elements. */
  #assign({ left, right }: Extract<Statement, { kind: "assign" }>, where: Where): void {
    const { expressions } = this.#calls;
    for (const [index, target] of left.entries()) {
      if (target.kind === "name") continue;
      const isTuple = left.length > right.length;
      const value = right[isTuple ? 0 : index];
      const node = expressions.node(target, where);
      if (target.kind === "index") this.#keys(target, where);
      if (value === undefined || node === undefined) continue;
      const given = expressions.resultNode(value, where, isTuple ? index : 0);
      this.#flow.values.flow(given, node);
      const store = { fn: where.fn, value };
      this.#flow.store(node, target.kind === "index" ? { ...store, into: target.of } : store);
      if (target.kind === "unary") this.#throughPointer(node, given, value, where);
    }
  }

  /** What the keys of a map are kept in is what its elements are kept in, whatever these are. */
  #keys({ of, args }: Extract<Expression, { kind: "index" | "slice" }>, where: Where): void {
    const { expressions } = this.#calls;
    const container = expressions.node(of, where);
    if (container === undefined || this.#hasPlainKeys(of, where)) return;
    const element = this.#flow.values.elementOf(container);
    for (const value of args) {
      this.#flow.values.flow(expressions.node(value, where), element);
      this.#flow.store(element, { fn: where.fn, value, into: of });
    }
  }

  /** Which variable a pointer points to is not known; the fields of a struct are the same wherever it is. */
  #throughPointer(node: number, given: number | undefined, value: Expression, { file }: Where): void {
    const { types, values } = this.#flow;
    this.#flow.pointers.replace(node);
    if (types.underlying(types.of(value, file))?.kind !== "struct") values.flow(given, values.outside);
  }

  /** Whether a container's keys are numbers or texts. */
  #hasPlainKeys(container: Expression, { file }: Where): boolean {
    const { types } = this.#flow;
    const type = types.underlying(types.of(container, file));
    return type?.kind === "container" && type.key?.kind === "basic";
  }

  #expression(expression: Expression, where: Where): void {
    this.#calls.expressions.node(expression, where);
    this.#receives(expression, where);
  }

  /** Each `<-x` in an expression is an operation; the bodies of literals are functions of their own. */
  #receives(expression: Expression, where: Where): void {
    if (expression.kind === "unary" && expression.op === "<-") {
      this.#operation("receive", expression.of, expression, where);
    }
    for (const operand of operandsOf(expression)) this.#receives(operand, where);
  }

  #operation(kind: OperationKind, operand: Expression | undefined, at: Span, { fn, file }: Where): void {
    const node = operand && this.#calls.expressions.node(operand, { fn, file });
    if (node !== undefined) this.#flow.operations.push({ kind, fn, file, at, operand, through: [], node });
  }
}
