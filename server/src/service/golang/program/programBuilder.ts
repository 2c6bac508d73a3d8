import type { Declaration, Expression, FunctionDeclaration } from "../syntax/ast.ts";
import { parseGo } from "../syntax/parseGo.ts";
import { Binder, EVERYWHERE } from "./binder.ts";
import type { Package, Program, ProgramFile } from "./model.ts";
import { Scope } from "./scope.ts";
import { Symbols } from "./symbols.ts";

/** The text of a file and the import path of its package. */
export interface FileText {
  readonly uri: string;
  readonly text: string;
  /** Undefined: not known. */
  readonly packagePath: string | undefined;
}

/** Puts a program together from its files; undefined when one of them cannot be read: then nothing is known of all. */
export function buildProgram(files: readonly FileText[], isWhole: boolean): Program | undefined {
  const builder = new ProgramBuilder();
  for (const file of files) if (!builder.addFile(file)) return undefined;
  return builder.build(isWhole);
}

/** Collects what the files of a program declare. */
export class ProgramBuilder {
  readonly #symbols = new Symbols();
  readonly #packages = new Map<string, Package>();
  readonly #files = new Map<string, ProgramFile>();
  /** Whether a name is declared twice: files of several systems, of which one alone is built. */
  #hasDoubles = false;

  addFile({ uri, text, packagePath }: FileText): boolean {
    const source = parseGo(text);
    if (source === undefined) return false;
    const folder = uri.slice(0, uri.lastIndexOf("/"));
    const key = `${folder} ${source.packageName}`;
    let of = this.#packages.get(key);
    if (of === undefined) {
      const isOutsideTest = source.packageName.endsWith("_test");
      of = { path: isOutsideTest ? undefined : packagePath, name: source.packageName, files: [], scope: new Map() };
      this.#packages.set(key, of);
    }
    const file: ProgramFile = { uri, package: of, source, imports: importsOf(source.declarations), functions: [] };
    of.files.push(file);
    this.#files.set(uri, file);
    return true;
  }

  build(isWhole: boolean): Program | undefined {
    const packages = [...this.#packages.values()];
    for (const file of this.#files.values()) this.#declare(file);
    for (const file of this.#files.values()) this.#bindFile(file);
    if (this.#hasDoubles) return undefined;
    return {
      packages,
      files: this.#files,
      functions: this.#symbols.functions,
      variables: this.#symbols.variables,
      bindings: this.#symbols.bindings,
      literals: this.#symbols.literals,
      byPath: new Map(packages.flatMap((one) => (one.path === undefined ? [] : [[one.path, one] as const]))),
      isWhole,
    };
  }

  #declare(file: ProgramFile): void {
    const { scope } = file.package;
    for (const declaration of file.source.declarations) {
      if (declaration.kind === "type") scope.set(declaration.name.name, this.#symbols.namedType(declaration, file));
      else if (declaration.kind === "var" || declaration.kind === "const") {
        for (const name of declaration.names) {
          const variable = this.#symbols.variable(name.name, name, file, undefined, declaration.type, EVERYWHERE);
          this.#symbols.bindings.set(name, variable);
          scope.set(name.name, variable);
        }
      } else if (declaration.kind === "func" && declaration.body !== undefined)
        this.#declareFunction(declaration, file);
    }
  }

  #declareFunction(declaration: FunctionDeclaration, file: ProgramFile): void {
    const { name } = declaration.name;
    const receiver = declaration.receiver === undefined ? undefined : typeName(declaration.receiver.type);
    const fn = this.#symbols.function(
      receiver === undefined ? name : `${receiver}.${name}`,
      file,
      declaration,
      undefined,
      undefined,
    );
    // Methods are found through their type, which may be declared further down.
    if (receiver !== undefined || name === "init" || name === "_") return;
    this.#hasDoubles ||= file.package.scope.has(name);
    file.package.scope.set(name, fn);
  }

  #bindFile(file: ProgramFile): void {
    const outer = new Scope(undefined, EVERYWHERE, false, file.package.scope);
    const binder = new Binder(file, this.#symbols);
    for (const fn of file.functions.slice()) {
      const receiver = fn.declaration?.receiver;
      const type = receiver === undefined ? undefined : outer.get(typeName(receiver.type) ?? "");
      if (type?.kind === "named") {
        this.#hasDoubles ||= type.methods.has(fn.declaration!.name.name);
        type.methods.set(fn.declaration!.name.name, fn);
      }
      binder.function(fn, outer);
    }
    for (const declaration of file.source.declarations) {
      if (declaration.kind === "var") this.#bindPackageVariables(declaration, binder, outer);
      if (declaration.kind === "type" && declaration.typeParameters.length > 0) binder.genericType(declaration, outer);
    }
  }

  #bindPackageVariables(
    { names, values }: Extract<Declaration, { kind: "var" | "const" }>,
    binder: Binder,
    outer: Scope,
  ): void {
    for (const value of values) binder.packageValue(value, outer);
    for (const [index, name] of names.entries()) {
      const variable = this.#symbols.bindings.get(name);
      const isTuple = values.length < names.length;
      const value = values[isTuple ? 0 : index];
      if (variable?.kind !== "variable" || value === undefined) continue;
      variable.sources.push({ fn: undefined, value, index: isTuple ? index : 0, part: "whole" });
    }
  }
}

/** `T` of `*T[P]`. */
function typeName(type: Expression): string | undefined {
  if (type.kind === "name") return type.name;
  return type.kind === "unary" || type.kind === "index" ? typeName(type.of) : undefined;
}

function importsOf(declarations: readonly Declaration[]): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const declaration of declarations) {
    if (declaration.kind === "import") imports.set(declaration.name ?? defaultName(declaration.path), declaration.path);
  }
  return imports;
}

/** The name that a package most likely has: its path's last element, a version left out. */
function defaultName(path: string): string {
  const parts = path.split("/");
  const last = parts.at(-1) ?? path;
  const name = /^v\d+$/.test(last) ? (parts.at(-2) ?? last) : last;
  return name.replace(/\.v\d+$/, "").replace(/^go-|-go$|\.go$/g, "");
}
