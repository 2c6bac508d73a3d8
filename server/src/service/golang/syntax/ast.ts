/** Where a piece of Go source stands: UTF-16 offsets, the end not included, and 0-based lines, both included. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
}

/** A name at its place. */
export interface Name extends Span {
  readonly kind: "name";
  readonly name: string;
}

/** `func(…) { … }` */
export interface FunctionLiteral extends Span {
  readonly kind: "function";
  readonly type: FunctionType;
  readonly body: Block;
}

/** `T{…}`; without a type within another composite literal. */
export interface CompositeLiteral extends Span {
  readonly kind: "composite";
  readonly type: Expression | undefined;
  readonly elements: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}

/** `f(…)`; conversions too, which only types tell apart. */
export interface Call extends Span {
  readonly kind: "call";
  readonly callee: Expression;
  readonly args: readonly Expression[];
  /** `f(list...)` */
  readonly isSpread: boolean;
}

export interface FunctionType extends Span {
  readonly kind: "functionType";
  readonly params: readonly Field[];
  readonly results: readonly Field[];
  /** Whether the last parameter takes any number of values: its type is the array's. */
  readonly isVariadic: boolean;
}

/** A parameter, a result, or a field of a struct: one for each name. */
export interface Field {
  /** Undefined: an unnamed parameter or result, an embedded field. */
  readonly name: Name | undefined;
  readonly type: Expression;
}

/** An expression or a type: Go's grammar does not tell them apart everywhere. Parentheses are left out. */
export type Expression =
  | Name
  | FunctionLiteral
  | CompositeLiteral
  | Call
  | FunctionType
  | (Span & { readonly kind: "literal"; readonly text: string })
  | (Span & { readonly kind: "selector"; readonly of: Expression; readonly name: string })
  /** `a[i]`, `F[T]`, `a[i:j]` */
  | (Span & { readonly kind: "index" | "slice"; readonly of: Expression; readonly args: readonly Expression[] })
  /** `x.(T)`; without a type: `x.(type)` */
  | (Span & { readonly kind: "assertion"; readonly of: Expression; readonly type: Expression | undefined })
  /** `op`: `*`, `&`, `<-`, `!`, `-`, ... */
  | (Span & { readonly kind: "unary"; readonly op: string; readonly of: Expression })
  /** All operands of a chain of binary operators, whatever their precedence. */
  | (Span & { readonly kind: "binary"; readonly operands: readonly Expression[] })
  /** `[]T`, `[n]T`, `...T` */
  | (Span & { readonly kind: "array"; readonly of: Expression })
  | (Span & { readonly kind: "map"; readonly key: Expression; readonly of: Expression })
  | (Span & { readonly kind: "chan"; readonly of: Expression })
  | (Span & { readonly kind: "struct"; readonly fields: readonly Field[] })
  | (Span & { readonly kind: "interface" });

export interface Block extends Span {
  readonly kind: "block";
  readonly body: readonly Statement[];
}

/** A `case` of a switch (`values`; none: default) or of a select (`comm`; undefined: default), with its statements. */
export interface Clause extends Span {
  readonly values: readonly Expression[];
  readonly comm: Statement | undefined;
  readonly body: readonly Statement[];
}

/** `=`, `:=`, `+=`, … */
export interface Assignment extends Span {
  readonly kind: "assign";
  readonly op: string;
  readonly left: readonly Expression[];
  readonly right: readonly Expression[];
}

export interface VariableDeclaration extends Span {
  readonly kind: "var" | "const";
  readonly names: readonly Name[];
  readonly type: Expression | undefined;
  readonly values: readonly Expression[];
}

export interface TypeDeclaration extends Span {
  readonly kind: "type";
  readonly name: Name;
  readonly typeParameters: readonly string[];
  readonly type: Expression;
}

export interface FunctionDeclaration extends Span {
  readonly kind: "func";
  readonly name: Name;
  readonly receiver: Field | undefined;
  readonly typeParameters: readonly string[];
  readonly type: FunctionType;
  /** Undefined: written in assembly, or linked from elsewhere. */
  readonly body: Block | undefined;
}

export interface ImportDeclaration extends Span {
  readonly kind: "import";
  /** As the file calls it; undefined: the package's own name. */
  readonly name: string | undefined;
  readonly path: string;
}

export type Declaration = VariableDeclaration | TypeDeclaration | FunctionDeclaration | ImportDeclaration;

export type Statement =
  | Block
  | Assignment
  | VariableDeclaration
  | TypeDeclaration
  | (Span & { readonly kind: "expression" | "change"; readonly of: Expression })
  | (Span & { readonly kind: "send"; readonly channel: Expression; readonly value: Expression })
  | (Span & { readonly kind: "go" | "defer"; readonly call: Expression })
  | (Span & { readonly kind: "return"; readonly values: readonly Expression[] })
  | (Span & { readonly kind: "branch"; readonly word: string })
  | (Span & {
      readonly kind: "if";
      readonly init: Statement | undefined;
      readonly condition: Statement | undefined;
      readonly body: Block;
      readonly otherwise: Statement | undefined;
    })
  | (Span & {
      readonly kind: "switch";
      readonly init: Statement | undefined;
      /** What is switched over; `x := v.(type)` too. */
      readonly tag: Statement | undefined;
      readonly clauses: readonly Clause[];
    })
  | (Span & { readonly kind: "select"; readonly clauses: readonly Clause[] })
  | (Span & {
      readonly kind: "for";
      readonly init: Statement | undefined;
      readonly condition: Statement | undefined;
      readonly post: Statement | undefined;
      readonly body: Block;
    })
  | (Span & {
      readonly kind: "range";
      /** `k, v :=` or `k, v =`, the range expression on its right; without names an empty left side. */
      readonly assign: Assignment;
      readonly body: Block;
    })
  | (Span & { readonly kind: "label"; readonly of: Statement })
  /** Several declarations in brackets. */
  | (Span & { readonly kind: "declarations"; readonly of: readonly (VariableDeclaration | TypeDeclaration)[] })
  | (Span & { readonly kind: "empty" });

/** A Go file, read. */
export interface GoSource {
  readonly packageName: string;
  readonly declarations: readonly Declaration[];
}
