import type { ProgramFile } from "../../program/model.ts";
import type { Call } from "../../syntax/ast.ts";
import type { Flow } from "../values/flow.ts";

/** Functions of the standard library that do not return. */
const FUNCTIONS = /^(?:os\.Exit|syscall\.Exit|log\.(?:Fatal|Panic)(?:f|ln)?|runtime\.Goexit)$/;

/** Methods of the standard library that do not return. */
const METHODS =
  /^(?:log\.Logger\.(?:Fatal|Panic)(?:f|ln)?|testing\.(?:T|B|F|TB)\.(?:Fatal|Fatalf|FailNow|Skip|Skipf|SkipNow))$/;

/** Whether a call never returns, by what is called: a method of the program's own may be called `Fatal` and return. */
export function neverReturns({ program, types }: Flow, { callee }: Call, file: ProgramFile): boolean {
  if (callee.kind === "name") return callee.name === "panic" && !program.bindings.has(callee);
  if (callee.kind !== "selector") return false;
  const { of, name } = callee;
  if (of.kind === "name" && program.bindings.get(of)?.kind === "import")
    return FUNCTIONS.test(`${file.imports.get(of.name)}.${name}`);
  const type = types.of(of, file);
  return type?.kind === "external" && METHODS.test(`${type.name}.${name}`);
}
