import { execFileSync, spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { fixtures, temporaryFolder } from "./workspaces.ts";

/** A real Go server with net/http/pprof that leaks on request. */
export interface LeakServer {
  /** Folder of the source it was built from: a workspace that a test may write to. */
  readonly folder: string;
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** Lets that many more goroutines wait for ever. */
  readonly leak: (goroutines: number) => Promise<void>;
  /** Ends the program at once, as a crash would. */
  readonly kill: () => void;
}

/** Builds the server and starts it, with those flags. It ends with the test, and its folder goes. */
export async function startLeakServer(...flags: readonly string[]): Promise<LeakServer> {
  const folder = temporaryFolder();
  cpSync(join(fixtures, "programs", "leakserver"), folder, { recursive: true });
  execFileSync("go", ["build", "-p", "1", "-o", "leakserver", "."], { cwd: folder, stdio: "inherit" });
  const program = spawn(join(folder, "leakserver"), flags, { stdio: ["ignore", "pipe", "inherit"] });
  const kill = (): void => void program.kill("SIGKILL");
  onTestFinished(kill);
  const address = await new Promise<string>((resolve, reject) => {
    program.once("exit", () => reject(new Error("the server ended before it listened")));
    createInterface({ input: program.stdout }).once("line", (line) => resolve(line.replace("listening on ", "")));
  });
  return {
    folder,
    address,
    kill,
    leak: async (goroutines) => {
      const response = await fetch(`${address}/leak?n=${goroutines}`);
      if (!response.ok) throw new Error(await response.text());
    },
  };
}
