import { type Browser, type BrowserContext, type Page, chromium } from "playwright-core";
import { inject } from "vitest";
import { useDisplayLanguage } from "../../../scripts/lib/displayLanguage.mjs";
import { ownEditor } from "./editor.ts";

let browser: Promise<Browser> | undefined;

/** A page of its own in the browser that all tests of this worker share, with nothing remembered from other pages. */
export interface BrowserPage {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** Opens an address and waits until VS Code is drawn there. @param language its display language, for extensions */
export async function openBrowserPage(address: string, language = "en"): Promise<BrowserPage> {
  browser ??= chromium.connect(ownEditor().browser);
  const context = await (
    await browser
  ).newContext({
    viewport: { width: 1280, height: 800 },
    // A machine without a locale gives the browser a language that JavaScript does not know.
    locale: "en-US",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await useDisplayLanguage(context, language);
  context.setDefaultTimeout(inject("patienceMs"));
  const page = await context.newPage();
  await page.goto(address);
  await page.locator(".monaco-workbench .statusbar").waitFor();
  return { page, context };
}
