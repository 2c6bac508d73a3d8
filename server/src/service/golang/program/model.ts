import type {
  Block,
  Expression,
  Field,
  FunctionDeclaration,
  FunctionLiteral,
  FunctionType,
  GoSource,
  Name,
  Span,
} from "../syntax/ast.ts";

/** A file of the program. */
export interface ProgramFile {
  readonly uri: string;
  readonly package: Package;
  readonly source: GoSource;
  /** Import paths by the name the file uses. */
  readonly imports: ReadonlyMap<string, string>;
  readonly functions: Func[];
}

/** The files of one folder with one package clause. */
export interface Package {
  /** Import path; undefined when unknown: nobody can name it then. */
  readonly path: string | undefined;
  readonly name: string;
  readonly files: ProgramFile[];
  /** What its package level declares. */
  readonly scope: Map<string, Binding>;
}

/** A type declared by the program. */
export interface NamedType {
  readonly kind: "named";
  readonly id: number;
  readonly name: string;
  readonly declared: Span;
  readonly file: ProgramFile;
  readonly type: Expression;
  readonly methods: Map<string, Func>;
}

/** A variable, parameter, receiver or named result. */
export interface Variable {
  readonly kind: "variable";
  readonly id: number;
  readonly name: string;
  /** Where it is declared. */
  readonly declared: Span;
  /** Undefined: of a package. */
  readonly fn: Func | undefined;
  readonly isParameter: boolean;
  readonly file: ProgramFile;
  readonly type: Expression | undefined;
  /** Where it can be named. */
  readonly scope: Span;
  readonly sources: Source[];
}

/** An expression whose value a variable gets. */
export interface Source {
  readonly fn: Func | undefined;
  readonly value: Expression;
  /** Which of several results. */
  readonly index: number;
  /** `element`: what a range over the expression gives. */
  readonly part: "whole" | "element";
}

/** A declared function with a body, or a function literal. */
export interface Func {
  readonly kind: "function";
  readonly id: number;
  /** `F`, `T.M`; of a literal the enclosing function's. */
  readonly name: string;
  readonly file: ProgramFile;
  readonly declaration: FunctionDeclaration | undefined;
  readonly literal: FunctionLiteral | undefined;
  /** The function around a literal; undefined for others and for literals at package level. */
  readonly parent: Func | undefined;
  readonly type: FunctionType;
  readonly isVariadic: boolean;
  readonly body: Block;
  receiver: Variable | undefined;
  /** Undefined for those without a name. */
  params: readonly (Variable | undefined)[];
  results: readonly (Variable | undefined)[];
  readonly literals: Func[];
  readonly returns: (readonly Expression[])[];
}

/** What a name stands for. */
export type Binding =
  | Variable
  | Func
  | NamedType
  | { readonly kind: "import"; readonly path: string }
  /** A type that each use of a function or type gives. */
  | { readonly kind: "typeParameter" };

/** All that was read, with what its names stand for. */
export interface Program {
  readonly packages: readonly Package[];
  readonly files: ReadonlyMap<string, ProgramFile>;
  readonly functions: readonly Func[];
  readonly variables: readonly Variable[];
  readonly bindings: ReadonlyMap<Name, Binding>;
  readonly literals: ReadonlyMap<FunctionLiteral, Func>;
  readonly byPath: ReadonlyMap<string, Package>;
  /** Whether all code that can call the packages is here: else anybody may call what they export. */
  readonly isWhole: boolean;
}

/** The names of a list of parameters or fields; unnamed ones and `_` are undefined. */
export function nameOf({ name }: Field): string | undefined {
  return name === undefined || name.name === "_" ? undefined : name.name;
}

/** All types that a program names. */
export function namedTypes({ packages, bindings }: Program): ReadonlySet<NamedType> {
  const types = new Set<NamedType>();
  for (const { scope } of packages) for (const one of scope.values()) if (one.kind === "named") types.add(one);
  for (const one of bindings.values()) if (one.kind === "named") types.add(one);
  return types;
}

/** The name of a field; of an embedded one that of its type. */
export function fieldName(field: Field): string | undefined {
  return field.name === undefined ? typeName(field.type) : nameOf(field);
}

/** The name of a type, without pointers and type arguments; undefined for one that has none. */
export function typeName(type: Expression): string | undefined {
  if (type.kind === "name" || type.kind === "selector") return type.name;
  return type.kind === "unary" || type.kind === "index" ? typeName(type.of) : undefined;
}
