import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildFlow } from "../../../server/src/service/golang/flow/values/buildFlow.ts";
import type { Flow } from "../../../server/src/service/golang/flow/values/flow.ts";
import { buildProgram } from "../../../server/src/service/golang/program/programBuilder.ts";
import type { Expression, Span } from "../../../server/src/service/golang/syntax/ast.ts";
import type { Program } from "../../../server/src/service/golang/program/model.ts";

const TELLER = join(import.meta.dirname, "../../fixtures/goTruth");
/** Packages that lock, send, receive, wait and select, and are not built of many others. */
const PACKAGES = ["context", "io", "log", "os/exec", "testing", "database/sql", "net/rpc"];

/** Operations that the other side tells of. */
const TOLD = new Set(["send", "receive", "close", "lock", "unlock", "wait", "done", "signal"]);

/** What Go's own parser and type checker say, by kind: lines of text. */
function truth(): ReadonlyMap<string, readonly string[]> | undefined {
  try {
    const env = { ...process.env, GO111MODULE: "off", GOFLAGS: "" };
    const output = execFileSync("go", ["run", "main.go", ...PACKAGES], {
      cwd: TELLER,
      env,
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    const facts = new Map<string, string[]>();
    for (const line of output.split("\n")) {
      const [kind = "", ...rest] = line.split(" ");
      facts.set(kind, [...(facts.get(kind) ?? []), rest.join(" ")]);
    }
    return facts;
  } catch (error) {
    if (process.env["CI"] !== undefined) throw error;
    process.stderr.write("Go is not installed: what it says of its own sources is not compared.\n");
    return undefined;
  }
}

describe("Go's own sources, as go/ast and go/types see them", () => {
  const facts = truth();
  const files = (facts?.get("file") ?? []).map((line) => line.split(" "));
  const texts = files.map(([uri = "", packagePath]) => ({ uri, packagePath, text: readFileSync(uri, "utf8") }));
  const program = facts && buildProgram(texts, false);
  const flow = program && buildFlow(program);

  it.skipIf(facts === undefined)("have these functions and literals", () => {
    expect(functionsOf(program!)).toEqual(sorted(facts!.get("fn")!));
  });

  it.skipIf(facts === undefined)("do this to channels, locks, WaitGroups and Conds", () => {
    expect(operationsOf(flow!)).toEqual(sorted(facts!.get("op")!));
  });

  it.skipIf(facts === undefined)("mean these variables, functions and types by their names", () => {
    const uses = usesOf(program!);
    expect(facts!.get("use")!.filter((use) => !uses.has(use))).toEqual([]);
  });
});

function functionsOf({ functions }: Program): readonly string[] {
  return sorted(
    functions.map(({ file, literal, declaration }) => {
      const { line, endLine } = (literal ?? declaration)!;
      return `${file.uri} ${line + 1} ${endLine + 1}`;
    }),
  );
}

/** Ranges that are no receives, `Add`, and what libraries do are left out: the other side does not tell of them. */
function operationsOf({ operations, types }: Flow): readonly string[] {
  const told = operations.filter(({ kind, operand, file, at }) => {
    if (operand === undefined || !TOLD.has(kind)) return false;
    const type = types.underlying(types.of(operand, file));
    const isRange = kind === "receive" && !("kind" in at);
    if (isRange) return type?.kind === "container" && type.isChannel;
    return kind !== "done" || calledMethod(at as Expression) === "Done";
  });
  return sorted(told.map(({ kind, file, at }) => `${file.uri} ${at.line + 1} ${kind}`));
}

function calledMethod(at: Expression): string | undefined {
  return at.kind === "call" && at.callee.kind === "selector" ? at.callee.name : undefined;
}

/** Where the names of the program are declared: `FILE LINE:COLUMN LINE:COLUMN` for each use in the same file. */
function usesOf({ bindings, files }: Program): ReadonlySet<string> {
  const starts = new Map([...files.keys()].map((uri) => [uri, startsOfLines(readFileSync(uri, "utf8"))]));
  const uses = new Set<string>();
  for (const [name, binding] of bindings) {
    if (binding.kind === "import" || binding.kind === "typeParameter") continue;
    const declared = binding.kind === "function" ? binding.declaration!.name : binding.declared;
    const { uri } = binding.file;
    const place = ({ line, start }: Span) => `${line + 1}:${start - starts.get(uri)![line]! + 1}`;
    uses.add(`${uri} ${place(name)} ${place(declared)}`);
  }
  return uses;
}

function startsOfLines(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function sorted(lines: readonly string[]): readonly string[] {
  return [...lines].sort();
}
