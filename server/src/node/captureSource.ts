import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type { Readable } from "node:stream";
import { getSystemErrorMap } from "node:util";
import type { CaptureTarget } from "./captureTarget.ts";
import { reasonOf } from "./usageError.ts";

/** What came of asking a target: its bytes, or why there are none. */
export type Fetched =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "problem"; readonly problem: string };

/** How long and how much is taken of one target. */
interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/**
 * Asks an address. It ends at the time-out and at the limit, whatever the other side does: the request itself is destroyed,
 * since a signal that `fetch` was given may be forgotten while the body comes. Redirects are not followed.
 */
export async function fetchAddress(
  { address, authorization }: Pick<CaptureTarget, "address" | "authorization">,
  { timeoutMs, maxBytes }: Limits,
): Promise<Fetched> {
  const url = new URL(address);
  const headers: Record<string, string> = authorization === null ? {} : { authorization };
  const request = (url.protocol === "https:" ? https : http).get(url, { agent: false, headers });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    request.destroy();
  }, timeoutMs);
  // What goes wrong is told where it is waited for.
  request.on("error", () => {});
  try {
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    if (response.statusCode !== 200) return problem(`it answered with status ${response.statusCode}`);
    return await collect(response, maxBytes);
  } catch (error) {
    return problem(isLate ? tooSlow(timeoutMs) : whyNotReached(error));
  } finally {
    clearTimeout(timer);
    request.destroy();
  }
}

/** Runs a program, without a shell, whose output is the dump. `{target}` in an argument stands for the target. */
export async function runCommand(
  command: readonly string[],
  target: string,
  { timeoutMs, maxBytes }: Limits,
): Promise<Fetched> {
  const [program = "", ...args] = command.map((part) => part.replaceAll("{target}", () => target));
  try {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
    return await outputOf(child, program, timeoutMs, maxBytes);
  } catch (error) {
    return problem(whyNotRun(program, error));
  }
}

async function outputOf(
  child: ChildProcessByStdio<null, Readable, null>,
  program: string,
  timeoutMs: number,
  maxBytes: number,
): Promise<Fetched> {
  let isLate = false;
  // What it has started may hold its output longer than it lives.
  const end = (): void => {
    child.kill("SIGKILL");
    child.stdout.destroy();
  };
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, timeoutMs);
  const ended = new Promise<string | null>((resolve) => {
    child.on("error", (error) => resolve(whyNotRun(program, error)));
    child.on("close", (status) => resolve(status === 0 ? null : `the command ended with status ${status ?? "none"}`));
  });
  try {
    const fetched = await collect(child.stdout, maxBytes);
    if (fetched.kind === "problem") end();
    const failure = await ended;
    if (isLate) return problem(tooSlow(timeoutMs));
    return failure === null || fetched.kind === "problem" ? fetched : problem(failure);
  } catch (error) {
    if (isLate) return problem(tooSlow(timeoutMs));
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Fetched> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > maxBytes) return problem(`what it sends is larger than ${Math.round(maxBytes / 1024 ** 2)} MB`);
    kept.push(chunk);
  }
  return { kind: "bytes", bytes: Buffer.concat(kept) };
}

function whyNotRun(program: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? `there is no program ${program}` : `${program} cannot be run: ${reasonOf(error)}`;
}

function problem(text: string): Fetched {
  return { kind: "problem", problem: text };
}

function tooSlow(timeoutMs: number): string {
  return `it was not done after ${timeoutMs / 1000} s`;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "it refuses connections"],
  ["ECONNRESET", "it broke the connection off"],
  ["ENOTFOUND", "there is no such host"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "its certificate is signed by itself"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "its certificate is signed by nobody known here"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its certificate is signed by nobody known here"],
  ["CERT_HAS_EXPIRED", "its certificate has expired"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is of another host"],
]);

/** Why a connection failed. The address is not repeated: it may hold a secret. */
function whyNotReached(error: unknown): string {
  const { code = "it did not answer", errno = 0 } = error as NodeJS.ErrnoException;
  if (code.startsWith("HPE_")) return "it does not speak HTTP";
  return REASONS.get(code) ?? getSystemErrorMap().get(errno)?.[1] ?? code;
}
