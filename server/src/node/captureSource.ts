import { spawn } from "node:child_process";
import type { CaptureTarget } from "./captureTarget.ts";

/** What came of asking a target: its bytes, or why there are none. */
export type Fetched =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "problem"; readonly problem: string };

/** How long and how much is taken of one target. */
interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** Asks an address. It ends at the time-out and at the limit, whatever the other side does. */
export async function fetchAddress(
  { address, authorization }: Pick<CaptureTarget, "address" | "authorization">,
  { timeoutMs, maxBytes }: Limits,
): Promise<Fetched> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    const headers: Record<string, string> = authorization === null ? {} : { authorization };
    const response = await fetch(address, { signal: abort.signal, headers, redirect: "error" });
    if (!response.ok) return problem(`it answered with status ${response.status}`);
    return await collect(response.body ?? [], maxBytes);
  } catch (error) {
    return problem(abort.signal.aborted ? tooSlow(timeoutMs) : reasonOf(error));
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** Runs a program, without a shell, whose output is the dump. `{target}` in an argument stands for the target. */
export async function runCommand(
  command: readonly string[],
  target: string,
  { timeoutMs, maxBytes }: Limits,
): Promise<Fetched> {
  const [program = "", ...args] = command.map((part) => part.replaceAll("{target}", target));
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, timeoutMs);
  const ended = new Promise<string | null>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (status) => resolve(status === 0 ? null : `the command ended with status ${status ?? "none"}`));
  });
  try {
    const fetched = await collect(child.stdout, maxBytes);
    if (fetched.kind === "problem") child.kill("SIGKILL");
    const failure = await ended;
    if (isLate) return problem(tooSlow(timeoutMs));
    return failure === null || fetched.kind === "problem" ? fetched : problem(failure);
  } finally {
    clearTimeout(timer);
  }
}

async function collect(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, maxBytes: number): Promise<Fetched> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > maxBytes) return problem(`what it sends is larger than ${Math.round(maxBytes / 1024 ** 2)} MB`);
    kept.push(chunk);
  }
  return { kind: "bytes", bytes: Buffer.concat(kept) };
}

function problem(text: string): Fetched {
  return { kind: "problem", problem: text };
}

function tooSlow(timeoutMs: number): string {
  return `it was not done after ${timeoutMs / 1000} s`;
}

/** An error of `fetch` has the system's reason as its cause. The address is not repeated: it may hold a secret. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? "it did not answer";
}
