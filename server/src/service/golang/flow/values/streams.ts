import type { ProgramFile } from "../../program/model.ts";
import type { Call, Expression } from "../../syntax/ast.ts";
import type { Expressions } from "./expressions.ts";
import { addTo, type Flow } from "./flow.ts";
import type { Site } from "./values.ts";
import type { Where } from "./where.ts";

/** Functions that read or write what they are given before they return, and keep nothing of it. */
const USES = new Set(
  (
    "io.Copy io.CopyN io.CopyBuffer io.ReadAll io.ReadFull io.ReadAtLeast io.WriteString io/ioutil.ReadAll " +
    "fmt.Fprint fmt.Fprintf fmt.Fprintln fmt.Fscan fmt.Fscanf fmt.Fscanln encoding/binary.Read encoding/binary.Write " +
    "bytes.Buffer.ReadFrom bytes.Buffer.WriteTo bytes.Reader.WriteTo strings.Reader.WriteTo " +
    "bufio.Writer.ReadFrom bufio.Reader.WriteTo text/template.Template.Execute html/template.Template.Execute"
  ).split(" "),
);

/** Functions whose first result reads or writes what they are given when it is used itself, and in no other way. */
const WRAPS = new Set(
  (
    "io.TeeReader io.LimitReader io.NopCloser io.MultiReader " +
    "io.MultiWriter io/ioutil.NopCloser bufio.NewReader bufio.NewReaderSize bufio.NewWriter bufio.NewWriterSize " +
    "bufio.NewScanner compress/gzip.NewReader compress/gzip.NewWriter compress/gzip.NewWriterLevel " +
    "compress/zlib.NewReader compress/zlib.NewWriter compress/flate.NewReader compress/flate.NewWriter " +
    "compress/bzip2.NewReader encoding/csv.NewReader encoding/csv.NewWriter encoding/json.NewDecoder " +
    "encoding/json.NewEncoder encoding/gob.NewDecoder encoding/gob.NewEncoder encoding/xml.NewDecoder " +
    "encoding/xml.NewEncoder encoding/base64.NewDecoder encoding/base64.NewEncoder encoding/hex.NewDecoder " +
    "encoding/hex.NewEncoder archive/tar.NewReader archive/tar.NewWriter archive/zip.NewWriter " +
    "mime/multipart.NewReader mime/multipart.NewWriter text/tabwriter.NewWriter"
  ).split(" "),
);

/** Frames between a line of the program and a pipe: packages that make no pipes and start nothing. */
export const WITHIN_STREAM =
  /^(?:runtime|internal\/runtime\/\w+|io|bufio|fmt|bytes|strings|compress\/\w+|encoding\/\w+|archive\/\w+|mime\/multipart|text\/tabwriter|text\/template|html\/template)\./;

/** Whether an external function keeps nothing of the streams that it is given, other than in its result. */
export function keepsNoStream(name: string): boolean {
  return USES.has(name) || WRAPS.has(name);
}

/** What the result of an external call has, or leads to; undefined: none of its arguments, or that is not known. */
export function carriedBy(call: Call, file: ProgramFile): readonly Expression[] | undefined {
  const { callee, args } = call;
  const isFirst =
    callee.kind === "name" ? callee.name === "append" : externalName(callee, file) === "context.WithValue";
  return isFirst ? args.slice(0, 1) : streamsIn(call, file);
}

/** `path.F` of a function of another package. */
function externalName(callee: Expression, { imports }: ProgramFile): string | undefined {
  if (callee.kind !== "selector" || callee.of.kind !== "name") return undefined;
  return `${imports.get(callee.of.name)}.${callee.name}`;
}

/** What the result of a call reads or writes, and no more; undefined: that is not known of the call. */
function streamsIn({ callee, args }: Call, file: ProgramFile): readonly Expression[] | undefined {
  if (callee.kind !== "selector" || callee.of.kind !== "name") return undefined;
  const isMethod = isStreamMethod(callee.name) && !file.imports.has(callee.of.name);
  if (isMethod) return [callee.of];
  return WRAPS.has(externalName(callee, file) ?? "") ? args : undefined;
}

/** Whether a method of that name gives more streams: parts of an archive, or of a form. */
function isStreamMethod(name: string): boolean {
  return /^(?:Create(?:Header|Part|FormFile|FormField)?|Next(?:Raw)?Part)$/.test(name);
}

/** A call as far as it is known, with the nodes of its results. */
interface StreamCall extends Where {
  readonly call: Call;
  readonly results: number[];
}

/** What a call is done on, or given. */
interface Use extends StreamCall {
  readonly operand: Expression;
  readonly through: readonly string[];
}

/**
 * Who may read from an `io.Pipe`, write to it or close it: whatever is called on one of its ends, or given one, does all of
 * it. An end that comes to code which may keep it is outside of the program.
 */
export class Streams {
  readonly #flow: Flow;
  readonly #expressions: Expressions;
  readonly #uses = new Map<number, Use[]>();
  /** The nodes of what reads or writes what another node holds. */
  readonly #wrapped = new Map<number, number[]>();

  constructor(flow: Flow, expressions: Expressions) {
    this.#flow = flow;
    this.#expressions = expressions;
  }

  /** A method is called on what a node holds. */
  call(
    method: string,
    at: StreamCall,
    operand: Expression,
    node: number | undefined,
    through: readonly string[],
  ): void {
    this.#use(node, { ...at, operand, through });
    if (isStreamMethod(method)) this.#wrap(at, [node]);
  }

  /** An external function is given arguments. */
  give(name: string, at: StreamCall): void {
    const isKnown = keepsNoStream(name) && !at.call.isSpread;
    const nodes = at.call.args.map((argument) => this.#expressions.node(argument, at));
    for (const [index, operand] of at.call.args.entries()) {
      if (isKnown) this.#use(nodes[index], { ...at, operand, through: [] });
      else this.#flow.streams.leave(nodes[index]);
    }
    if (isKnown && WRAPS.has(name)) this.#wrap(at, nodes);
  }

  #use(node: number | undefined, use: Use): void {
    if (node === undefined) return;
    addTo(this.#uses, node, use);
    for (const site of this.#flow.values.held(node)) if (site.kind === "pipe") this.#operation(node, use);
  }

  #wrap({ results }: StreamCall, nodes: readonly (number | undefined)[]): void {
    const { values } = this.#flow;
    const result = (results[0] ??= values.node());
    for (const node of nodes) {
      if (node === undefined) continue;
      addTo(this.#wrapped, node, result);
      for (const site of values.held(node)) if (site.kind === "pipe") values.hold(result, site);
    }
  }

  arrive(node: number, site: Site): void {
    if (site.kind !== "pipe") return;
    for (const result of this.#wrapped.get(node) ?? []) this.#flow.values.hold(result, site);
    for (const use of this.#uses.get(node) ?? []) this.#operation(node, use);
    this.#uses.delete(node);
  }

  #operation(node: number, { fn, file, call: at, operand, through }: Use): void {
    const wrapped = through.length === 0 ? this.#unwrap(operand, file) : operand;
    this.#flow.operations.push({ kind: "stream", fn, file, at, operand: wrapped, through, node });
  }

  /** What a wrapper was made of there: `pw` of `w`, after `w := bufio.NewWriter(pw)`. */
  #unwrap(operand: Expression, file: ProgramFile): Expression {
    let at = operand;
    for (let next: Expression | undefined = at; next !== undefined; next = this.#wrappedIn(this.#valueOf(next), file))
      at = next;
    return at;
  }

  /** What a variable has for good; other expressions themselves. */
  #valueOf(expression: Expression): Expression {
    const bound = expression.kind === "name" ? this.#flow.program.bindings.get(expression) : undefined;
    if (bound?.kind !== "variable" || bound.isParameter || bound.sources.length > 1) return expression;
    const [source] = bound.sources;
    return source?.part === "whole" && source.index === 0 ? source.value : expression;
  }

  /** The only thing of which a call makes a wrapper, when that is a variable which is never set again. */
  #wrappedIn(made: Expression, file: ProgramFile): Expression | undefined {
    const streams = made.kind === "call" ? streamsIn(made, file) : undefined;
    const [first, ...others] = (streams ?? []).filter((one) => this.#flow.nodes.get(one) !== undefined);
    const bound = first?.kind === "name" ? this.#flow.program.bindings.get(first) : undefined;
    const isKept = bound?.kind === "variable" && bound.sources.length <= (bound.isParameter ? 0 : 1);
    return isKept && others.length === 0 ? first : undefined;
  }
}
