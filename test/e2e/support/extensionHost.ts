import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type * as vscode from "vscode";
import { inject } from "vitest";

/** A function that runs inside the extension host: it sees its arguments and the `vscode` API, nothing around it. */
export type HostFunction<Args extends readonly unknown[], Result> = (
  api: typeof vscode,
  ...args: Args
) => Result | PromiseLike<Result>;

/** The extension host of one window. */
export interface ExtensionHost {
  /** The development extension that the window must load. */
  readonly driverFolder: string;
  /**
   * Runs a function in there; arguments and result cross as JSON. Waits until the host is there. A `Disposable` that it
   * returns stays there until {@link release}.
   */
  readonly evaluate: <Args extends readonly unknown[], Result>(
    run: HostFunction<Args, Result>,
    ...args: Args
  ) => Promise<Result>;
  /** Disposes what functions have returned for that. */
  readonly release: () => Promise<void>;
  readonly dispose: () => void;
}

/** Prepares the driver of one window's extension host, in a folder of its own. */
export function createExtensionHost(): ExtensionHost {
  const driverFolder = mkdtempSync(join(tmpdir(), "host-driver-"));
  cpSync(fileURLToPath(new URL("hostDriver", import.meta.url)), driverFolder, { recursive: true });
  // `hostDriver/main.js` says the same.
  const socketPath =
    process.platform === "win32" ? `\\\\.\\pipe\\${basename(driverFolder)}` : join(driverFolder, "host.sock");
  return {
    driverFolder,
    evaluate: async (run, ...args) => JSON.parse(await post(socketPath, { source: run.toString(), args })),
    release: async () => void (await post(socketPath, {})),
    dispose: () => rmSync(driverFolder, { recursive: true, force: true }),
  };
}

/** @returns the value as JSON text */
async function post(socketPath: string, call: Call) {
  const deadline = Date.now() + inject("patienceMs");
  for (;;) {
    try {
      const { value, error } = JSON.parse(await exchange(socketPath, JSON.stringify(call))) as Answer;
      if (error !== undefined) throw new Error(`In the extension host: ${error}`);
      return JSON.stringify(value ?? null);
    } catch (error) {
      if (!isNotThere(error) || Date.now() > deadline) throw error;
      await delay(100);
    }
  }
}

/** Without a source, what earlier ones returned to be disposed is. */
interface Call {
  readonly source?: string;
  readonly args?: readonly unknown[];
}

interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}

function exchange(socketPath: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // A connection of its own: one that is kept is closed by a busy host just as the next call is written to it.
    const call = request({ socketPath, method: "POST", agent: false }, (response) => {
      text(response).then(resolve, reject);
    });
    call.on("error", reject);
    call.end(body);
  });
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ECONNREFUSED");
}
