import { execFileSync, spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { fixtures } from "./workspaces.ts";

/** A real Go server with net/http/pprof: after each dump that it serves, forty more goroutines wait for ever. */
export interface LeakServer {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** Ends the program at once, as a crash would. */
  readonly kill: () => void;
}

/** Copies the server's source into a folder, builds it there and starts it. It ends with the test. */
export async function startLeakServer(folder: string): Promise<LeakServer> {
  cpSync(join(fixtures, "programs", "leakserver"), folder, { recursive: true });
  execFileSync("go", ["build", "-p", "1", "-o", "leakserver", "."], { cwd: folder, stdio: "inherit" });
  const program = spawn(join(folder, "leakserver"), ["-leak", "40"], { stdio: ["ignore", "pipe", "inherit"] });
  const kill = (): void => void program.kill("SIGKILL");
  onTestFinished(kill);
  const address = await new Promise<string>((resolve, reject) => {
    program.once("exit", () => reject(new Error("the server ended before it listened")));
    createInterface({ input: program.stdout }).once("line", (line) => resolve(line.replace("listening on ", "")));
  });
  return { address, kill };
}
