import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the repository's folder of the caller's choice; the current one when absent
 * @property {NodeJS.ProcessEnv} [env] the whole environment; the current one when absent
 * @property {boolean} [shell] the command is a script that only a shell can start
 * @property {boolean} [quiet] keep the output to ourselves and show it only in the error
 */

/** How much of a quiet command's output goes into its error: the end tells the cause. */
const errorTail = 4000;

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<void>} rejects with the command and the end of its output when it fails
 */
export function run(command, args, { cwd, env, shell = false, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit" });
    let output = "";
    const collect = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-errorTail);
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${[command, ...args].join(" ")} ended with ${signal ?? `status ${code}`}\n${output}`));
    });
  });
}

/**
 * Runs npm itself. Inside `npm run` this is the very npm that started us; elsewhere the one on the PATH.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<void>}
 */
export function npm(args, options) {
  const script = process.env["npm_execpath"];
  if (script?.endsWith(".js")) return run(process.execPath, [script, ...args], options);
  return run("npm", args, { ...options, shell: process.platform === "win32" });
}

/**
 * The first of these programs that is on the PATH.
 * @param {readonly string[]} names
 * @returns {string | undefined} its full path
 */
export function findProgram(names) {
  const suffixes = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const name of names) {
    for (const folder of folders) {
      for (const suffix of suffixes) {
        const file = join(folder, name + suffix);
        if (existsSync(file)) return file;
      }
    }
  }
  return undefined;
}

/**
 * Ends a child that was spawned `detached`, and whatever it started in turn.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<void>} when it is gone
 */
export async function stopTree(child) {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("close", resolve));
  signalTree(pid, "SIGTERM");
  const giveUp = setTimeout(() => signalTree(pid, "SIGKILL"), 5000);
  await gone;
  clearTimeout(giveUp);
  signalTree(pid, "SIGKILL");
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalTree(pid, signal) {
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"]);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
