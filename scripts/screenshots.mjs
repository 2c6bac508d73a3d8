// Makes pictures from the real thing: VS Code with the packaged extension, as a user sees it.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { findBrowser } from "./lib/browser.mjs";
import { useDisplayLanguage } from "./lib/displayLanguage.mjs";
import { runMain } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { scenes } from "./lib/scenes.mjs";
import { startVscodeServer, writeSettings } from "./lib/vscodeServer.mjs";
import { packageExtension } from "./lib/vsix.mjs";
import { workbenchAddress } from "./lib/workbenchAddress.mjs";

const themes = {
  dark: "Dark Modern",
  light: "Light Modern",
  "hc-dark": "Default High Contrast",
  "hc-light": "Default High Contrast Light",
};

/** Those that README.md shows. */
const published = new Set(["screenshot", "report"]);

const usage = `Usage: npm run screenshots [-- OPTIONS [DUMP]]

Without options it makes the pictures of README.md anew.

  DUMP           show this goroutine dump in place of the sample
  --out FOLDER   take all pictures of the scenes, and put them there
  --scene NAME   ${Object.keys(scenes).join(", ")}; may be repeated (default: dump and report)
  --theme NAME   ${Object.keys(themes).join(", ")}; may be repeated (default: dark)
  --language L   the editor's display language, e.g. zh-cn; only the extension's own texts change
  --width N      pixels of the side bar (default: as it comes)
`;

const settings = {
  "editor.minimap.enabled": false,
  "editor.stickyScroll.enabled": false,
  "remote.autoForwardPorts": false,
  "window.commandCenter": false,
  "window.title": "${activeEditorShort}${separator}${rootName}",
};

function readCommandLine() {
  const text = /** @type {const} */ ({ type: "string" });
  const many = /** @type {const} */ ({ type: "string", multiple: true });
  const { values, positionals } = parseArgs({
    options: { out: text, scene: many, theme: many, language: text, width: text, help: { type: "boolean" } },
    allowPositionals: true,
  });
  if (values.help === true) {
    console.log(usage);
    process.exit();
  }
  const [dump] = positionals;
  return {
    out: values.out === undefined ? undefined : resolve(values.out),
    scenes: values.scene ?? ["dump", "report"],
    themes: values.theme ?? ["dark"],
    language: values.language ?? "en",
    width: values.width === undefined ? undefined : Number(values.width),
    dump: dump === undefined ? undefined : resolve(dump),
  };
}

/**
 * Drags the border of the side bar.
 * @param {import("playwright-core").Page} page
 * @param {number} width
 */
async function widenSideBar(page, width) {
  const bar = await page.locator(".part.sidebar").boundingBox();
  if (bar === null) throw new Error("The window has no side bar.");
  await page.mouse.move(bar.x + bar.width, 400);
  await page.mouse.down();
  await page.mouse.move(bar.x + width, 400, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(0, 0);
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} authority of the server
 * @param {string} scene
 * @param {ReturnType<typeof readCommandLine>} options
 * @param {(page: import("playwright-core").Page, name: string) => Promise<void>} shoot
 */
async function playScene(browser, authority, scene, { language, width, dump }, shoot) {
  const folder = join(mkdtempSync(join(tmpdir(), "goroutine-dump-scene-")), "exchange");
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-US" });
  await useDisplayLanguage(context, language);
  const page = await context.newPage();
  try {
    const { prepare, play } = scenes[scene] ?? fail(`There is no scene ${scene}.`);
    prepare(folder);
    await page.goto(workbenchAddress(authority, { folder }));
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });
    if (width !== undefined) await widenSideBar(page, width);
    await play({ page, folder, dump, language, shoot: (name) => shoot(page, name) });
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} message @returns {never} */
function fail(message) {
  throw new Error(`${message}\n\n${usage}`);
}

await runMain(async () => {
  const options = readCommandLine();
  const { out = join(root, "images") } = options;
  mkdirSync(out, { recursive: true });
  const vsix = await packageExtension();
  const dataFolder = mkdtempSync(join(tmpdir(), "goroutine-dump-screenshots-"));
  const server = await startVscodeServer({ dataFolder, vsix });
  const browser = await chromium.launch(await findBrowser());
  try {
    for (const theme of options.themes) {
      const colorTheme = themes[/** @type {keyof typeof themes} */ (theme)] ?? fail(`There is no theme ${theme}.`);
      await writeSettings(dataFolder, { ...settings, "workbench.colorTheme": colorTheme });
      const variant = [theme, options.language, ...(options.width === undefined ? [] : [options.width])].join("-");
      for (const scene of options.scenes) {
        await playScene(browser, server.authority, scene, options, async (page, name) => {
          // What the mouse rests on has a hover.
          await page.mouse.move(0, 0);
          if (options.out !== undefined) await page.screenshot({ path: join(out, `${name}-${variant}.png`) });
          else if (published.has(name)) await page.screenshot({ path: join(out, `${name}.png`) });
        });
      }
    }
  } finally {
    await browser.close();
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
});
