import { closingBracket } from "./operand.ts";
import { tokenizeGo, type GoToken } from "./tokens.ts";

/** Lines of a piece of source, 0-based, both ends included. */
export interface LineSpan {
  readonly line: number;
  readonly endLine: number;
}

/** A declared function with a body. */
export interface GoFunction extends LineSpan {
  /** `F`, or `T.M` for a method, pointer or not, without type parameters. */
  readonly name: string;
  /** The function literals within, nested ones too, in the order of the source. */
  readonly literals: readonly LineSpan[];
}

/** What a Go file declares, as far as stack frames tell of it. */
export interface GoFile {
  /** Name of the package clause; "" when there is none. */
  readonly packageName: string;
  readonly functions: readonly GoFunction[];
  /** Function literals outside of any function: initialisers of package variables. */
  readonly packageLiterals: readonly LineSpan[];
  /** Lines of `go` and `defer` statements: the compiler wraps their calls in functions that have these lines. */
  readonly wrappedCalls: ReadonlySet<number>;
  /** Symbol to local function name, from `//go:linkname` (`sync.runtime_Semacquire`: `sync_runtime_Semacquire`). */
  readonly linknames: ReadonlyMap<string, string>;
}

interface OpenBracket {
  readonly text: string;
  /** The function or literal whose body this brace opens. */
  readonly opens: OpenFunction | undefined;
}

interface OpenFunction {
  /** Name of a declared function; undefined for a literal. */
  readonly name: string | undefined;
  readonly line: number;
  /** How many brackets are open around it. */
  readonly depth: number;
  /** Whether it is the element type of a composite literal, whose brace opens values (`[]func(){f, g}`). */
  readonly isType: boolean;
  readonly literals: LineSpan[];
}

const OPENING = new Set(["(", "[", "{"]);
const CLOSING = new Set([")", "]", "}"]);
/** What a function type, or a declaration without a body, ends at. */
const ENDS_TYPE = new Set([",", ";", ":", "=", ":=", "=="]);

/**
 * Finds the functions of a Go file by their braces. It understands what decides where a body begins (signatures,
 * function types, `struct{}` results), not Go as a whole, so unfinished and newer source is read as far as it goes.
 *
 * Why no parser: all that is asked is which function encloses a line. The tree-sitter grammar that ships ready-made
 * would add megabytes of WebAssembly to load, asynchronously, on every platform and in the web worker; this reads
 * Go's own sources of several releases without one wrong enclosure, in a few milliseconds a file.
 */
export function scanGo(source: string): GoFile {
  const tokens = tokenizeGo(source);
  const scan = new FunctionScan();
  let index = 0;
  while (index < tokens.length) index = scan.read(tokens, index);
  scan.end(tokens.at(-1)?.line ?? 0);
  return {
    packageName: packageName(tokens),
    functions: scan.functions,
    packageLiterals: scan.packageLiterals,
    wrappedCalls: new Set(
      tokens.filter(({ kind, text }) => kind === "name" && /^(?:go|defer)$/.test(text)).map(({ line }) => line),
    ),
    linknames: linknames(source),
  };
}

/** The declared function that encloses a line. */
export function enclosingFunction(file: GoFile, line: number): GoFunction | undefined {
  return file.functions.find((fn) => isWithin(fn, line));
}

/** Whether a span covers a line. */
export function isWithin(span: LineSpan, line: number): boolean {
  return span.line <= line && line <= span.endLine;
}

class FunctionScan {
  readonly functions: GoFunction[] = [];
  readonly packageLiterals: LineSpan[] = [];
  readonly #open: OpenBracket[] = [];
  /** Signatures read whose body has not begun; it may turn out that they have none. */
  readonly #signatures: OpenFunction[] = [];

  /** Reads the token at `index` and answers the index to go on at. */
  read(tokens: readonly GoToken[], index: number): number {
    const token = tokens[index]!;
    if (token.startsStatement) this.#dropSignatures(this.#open.length);
    if (token.kind === "name" && token.text === "func") return this.#readFunc(tokens, index);
    if (token.kind === "operator") this.#readOperator(token, tokens[index - 1]);
    return index + 1;
  }

  /** Ends what the source left open, at its last line. */
  end(line: number): void {
    for (const bracket of this.#open.splice(0).reverse()) this.#close(bracket, line);
  }

  #readOperator(token: GoToken, previous: GoToken | undefined): void {
    if (OPENING.has(token.text)) this.#openBracket(token, previous);
    else if (CLOSING.has(token.text)) this.#closeBracket(token);
    else if (ENDS_TYPE.has(token.text)) this.#dropSignatures(this.#open.length);
  }

  #readFunc(tokens: readonly GoToken[], index: number): number {
    const depth = this.#open.length;
    const isDeclaration = depth === 0 && tokens[index]!.startsStatement;
    const [name, next] = isDeclaration ? declaredName(tokens, index + 1) : [undefined, index + 1];
    const isResultType = this.#signatures.at(-1)?.depth === depth;
    const isElementType = tokens[index - 1]?.text === "]" && !tokens[index]!.startsStatement;
    const { line } = tokens[index]!;
    if (!isResultType) this.#signatures.push({ name, line, depth, literals: [], isType: isElementType });
    return next;
  }

  #openBracket(token: GoToken, previous: GoToken | undefined): void {
    const isType = previous?.text === "struct" || previous?.text === "interface";
    const signature = this.#signatures.at(-1);
    const isBody = token.text === "{" && !isType && signature?.depth === this.#open.length;
    const opens = isBody ? this.#signatures.pop() : undefined;
    this.#open.push({ text: token.text, opens: opens?.isType === true ? undefined : opens });
  }

  #closeBracket(token: GoToken): void {
    const bracket = this.#open.pop();
    this.#dropSignatures(this.#open.length + 1);
    if (bracket) this.#close(bracket, token.line);
  }

  #close(bracket: OpenBracket, endLine: number): void {
    const { opens } = bracket;
    if (!opens) return;
    if (opens.name !== undefined) {
      opens.literals.sort((a, b) => a.line - b.line);
      this.functions.push({ name: opens.name, line: opens.line, endLine, literals: opens.literals });
      return;
    }
    const around = this.#open.find((outer) => outer.opens?.name !== undefined)?.opens;
    (around?.literals ?? this.packageLiterals).push({ line: opens.line, endLine });
  }

  /** Signatures at this depth or deeper turned out to be types, or functions without a body. */
  #dropSignatures(depth: number): void {
    while ((this.#signatures.at(-1)?.depth ?? -1) >= depth) this.#signatures.pop();
  }
}

/** The name behind `func` at top level, with its receiver's type, and the index of the token behind it. */
function declaredName(tokens: readonly GoToken[], index: number): readonly [name: string, next: number] {
  let at = index;
  let receiver = "";
  if (tokens[at]?.text === "(") {
    const close = closingBracket(tokens, at);
    receiver = receiverType(tokens.slice(at + 1, close));
    at = close + 1;
  }
  const name = tokens[at]?.kind === "name" ? tokens[at]!.text : "";
  return [receiver === "" ? name : `${receiver}.${name}`, name === "" ? index : at + 1];
}

/** `T` of `t *T[K, V]`, `*T` or `T`: the last name before the type parameters. */
function receiverType(tokens: readonly GoToken[]): string {
  const bracket = tokens.findIndex((token) => token.text === "[");
  const last = tokens[(bracket < 0 ? tokens.length : bracket) - 1];
  return last?.kind === "name" ? last.text : "";
}

function packageName(tokens: readonly GoToken[]): string {
  return tokens[0]?.text === "package" && tokens[1]?.kind === "name" ? tokens[1].text : "";
}

function linknames(source: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [, local, symbol] of source.matchAll(/^\/\/go:linkname[ \t]+(\S+)[ \t]+(\S+)/gm)) {
    if (local !== undefined && symbol !== undefined) names.set(symbol, local);
  }
  return names;
}
