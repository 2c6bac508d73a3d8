import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installOnce, npmInstallIn, unpackPackage } from "./cache.mjs";
import { withProgress } from "./progress.mjs";
import { npm, run, stopTree } from "./run.mjs";

/** The npm package that carries the server of VS Code 1.139. */
const serverPackage = { name: "code-server", version: "4.139.1" };

/** The Node that server is made for. Its packages, one a platform, do not share their minor versions. */
const nodeMajor = 24;

/** Modules of the server that are compiled; without them it works, but logs errors and cannot watch its parent. */
const nativeModules = ["@vscode/spdlog", "@vscode/native-watchdog"];

/** How long the server may take until it listens. */
const startTimeoutMs = 60_000;

/**
 * @typedef {object} VscodeServer where the server's programs are
 * @property {string} node
 * @property {string} main
 */

/**
 * How often a server for tests looks at its workspaces. By itself it waits for the system to tell it of files, which the
 * system does for few programs at a time: on a busy machine the windows that came late were told nothing.
 */
const testPollingMs = 250;

/** What of the server is for its own debugging, or for assistants, which the settings below switch off. */
const unneededFiles = ["*.map", "*/extensions/copilot", "*/extensions/mermaid-markdown-features"];
const unneededModules = ["@devcontainers/cli", "@github/copilot-sdk", "@microsoft/mxc-sdk"];

/**
 * Installs the real VS Code server, from the npm registry alone, and of it what is needed to run.
 * @returns {Promise<VscodeServer>}
 */
export async function installVscodeServer() {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const nodePackage = `${name}@${nodeMajor}`;
  const nodeFolder = await installOnce("node", `${process.platform}-${nodeMajor}`, (partial) =>
    unpackPackage(partial, nodePackage, { inside: "bin" }),
  );
  const node = join(nodeFolder, process.platform === "win32" ? "node.exe" : "node");
  const folder = await installOnce("vscode", serverPackage.version, async (partial) => {
    const spec = `${serverPackage.name}@${serverPackage.version}`;
    await unpackPackage(partial, spec, { inside: "lib/vscode", without: unneededFiles });
    await leaveOut(join(partial, "package.json"), unneededModules);
    await npmInstallIn(partial);
    await rebuildNativeModules(partial, nodePackage);
  });
  return { node, main: join(folder, "out", "server-main.js") };
}

/**
 * @param {string} manifest
 * @param {readonly string[]} modules
 */
async function leaveOut(manifest, modules) {
  const text = JSON.parse(await readFile(manifest, "utf8"));
  for (const name of modules) delete text.dependencies[name];
  await writeFile(manifest, JSON.stringify(text));
}

/**
 * Builds them with Node's headers, which nothing else needs.
 * @param {string} vscode
 * @param {string} nodePackage
 */
async function rebuildNativeModules(vscode, nodePackage) {
  const headers = join(vscode, "node-for-headers");
  await mkdir(headers);
  await unpackPackage(headers, nodePackage);
  const PATH = `${join(headers, "bin")}${delimiter}${process.env["PATH"]}`;
  const env = { ...process.env, PATH, npm_config_nodedir: headers };
  const args = ["rebuild", "--loglevel=error", ...nativeModules];
  try {
    const names = nativeModules.join(" and ");
    await withProgress(`building ${names}`, vscode, () => npm(args, { cwd: vscode, env, quiet: true }));
  } catch {
    console.warn(`${nativeModules.join(" and ")} were not built, which needs Python, make and a C++ compiler.`);
    console.warn("VS Code works without them and writes that to its log.");
  }
  await rm(headers, { recursive: true });
}

/** Settings of a VS Code that is looked at for its extension alone. */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/**
 * @typedef {object} StartOptions
 * @property {string} dataFolder where this server keeps everything of its own
 * @property {string} [vsix] the extension to have installed; none when a page brings its own
 * @property {string} [token] what a visitor must show; without it everyone on this machine may come in
 * @property {Record<string, unknown>} [settings] besides {@link quietSettings}
 * @property {boolean} [testDriver] obey a page that asks for extension tests
 */

/**
 * @typedef {object} RunningServer
 * @property {string} authority host and port, as remote URIs name it
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the server on 127.0.0.1, at a free port, with the extension installed.
 * @param {StartOptions} options
 * @returns {Promise<RunningServer>}
 */
export async function startVscodeServer({ dataFolder, vsix, token, settings = {}, testDriver = false }) {
  const { node, main } = await installVscodeServer();
  await writeSettings(dataFolder, settings);
  const folders = ["--server-data-dir", dataFolder, "--user-data-dir", userFolder(dataFolder)];
  const extensions = ["--extensions-dir", join(dataFolder, "extensions")];
  const accept = "--accept-server-license-terms";
  if (vsix !== undefined) {
    await run(node, [main, accept, ...folders, ...extensions, "--install-extension", vsix], { quiet: true });
  }

  const access = token === undefined ? ["--without-connection-token"] : ["--connection-token", token];
  const driver = testDriver ? ["--enable-smoke-test-driver", "--file-watcher-polling", String(testPollingMs)] : [];
  const guard = ["--require", fileURLToPath(new URL("exitWithParent.cjs", import.meta.url))];
  const listen = ["--host", "127.0.0.1", "--port", "0"];
  const args = [...guard, main, accept, ...listen, ...access, ...driver, ...folders, ...extensions];
  // A process group of its own, so that its extension hosts and file watchers can be ended with it.
  const child = spawn(node, args, { stdio: "pipe", detached: process.platform !== "win32" });
  const port = await listeningPort(child).catch(async (error) => {
    await stopTree(child);
    throw error;
  });
  return { authority: `127.0.0.1:${port}`, stop: () => stopTree(child) };
}

/** @param {string} dataFolder */
const userFolder = (dataFolder) => join(dataFolder, "user");

/**
 * Sets the settings of a server's user, for the windows that are opened from then on.
 * @param {string} dataFolder
 * @param {Record<string, unknown>} settings besides {@link quietSettings}
 */
export async function writeSettings(dataFolder, settings) {
  const folder = join(userFolder(dataFolder), "User");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "settings.json"), JSON.stringify({ ...quietSettings, ...settings }));
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>}
 */
function listeningPort(child) {
  return new Promise((resolve, reject) => {
    let output = "";
    const fail = (/** @type {string} */ why) => reject(new Error(`The VS Code server ${why}\n${output}`));
    const timer = setTimeout(() => fail(`did not listen within ${startTimeoutMs / 1000} s`), startTimeoutMs);
    const read = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-20_000);
      const port = /agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      fail(`ended with status ${code}`);
    });
  });
}
