import { execFile } from "node:child_process";
import type { GoEnv } from "../service/locator/locatorOptions.ts";
import { programOf } from "./program.ts";

/** `go env` answers in some 20 ms; a slow disk or a toolchain that is being downloaded may take longer. */
const TIMEOUT_MS = 5_000;
/** The three values are a few hundred bytes. */
const MAX_OUTPUT_BYTES = 64 * 1024;

/**
 * Asks the go command where its sources and its module cache are. Undefined when Go is not installed or does not answer.
 * It runs a program of the PATH in `directory` (whose `go.mod` may select a toolchain): only for trusted workspaces.
 */
export function readGoEnv(directory: string, command = "go"): Promise<GoEnv | undefined> {
  const options = { cwd: directory, timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES, windowsHide: true, shell: false };
  const program = programOf(command, process.env);
  if (program === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    execFile(program, ["env", "-json", "GOROOT", "GOMODCACHE", "GOPATH"], options, (error, stdout) => {
      resolve(error ? undefined : parseGoEnv(stdout));
    });
  });
}

/** Reads the command's JSON; a value that is not set is an empty string there and absent here. */
export function parseGoEnv(json: string): GoEnv | undefined {
  let values: unknown;
  try {
    values = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof values !== "object" || values === null) return undefined;
  const known = new Map<string, string>();
  for (const name of ["GOROOT", "GOMODCACHE", "GOPATH"]) {
    const value: unknown = Reflect.get(values, name);
    if (typeof value === "string" && value !== "") known.set(name, value);
  }
  return Object.fromEntries(known);
}
