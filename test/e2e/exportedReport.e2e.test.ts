import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/lib/browser.mjs";
import { fixtures, temporaryFolder } from "./support/workspaces.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(await findBrowser());
});
afterAll(() => browser.close());

/** The report of dumps of the corpus, as the command line writes it. */
function exportReport(...args: readonly string[]): string {
  const file = join(temporaryFolder(), "report.html");
  const given = args.map((arg) => (arg.startsWith("-") || isAbsolute(arg) ? arg : join(fixtures, arg)));
  execFileSync(process.execPath, ["dist/node/cli.js", "report", "--html", file, ...given]);
  return file;
}

/** Opens a file in a browser without a network; whatever the page asks for, or complains of, is in `problems`. */
async function open(
  file: string,
  look: { readonly colorScheme?: "light" | "dark"; readonly forcedColors?: "active" } = {},
): Promise<{ page: Page; problems: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 900, height: 900 },
    ...look,
  });
  // As a browser says it on a machine without a locale; JavaScript does not take it.
  const language = { value: "en-US@posix", configurable: true };
  await context.addInitScript((tag) => void Object.defineProperty(navigator, "language", tag), language);
  const page = await context.newPage();
  const problems: string[] = [];
  const address = pathToFileURL(file).href;
  page.on("request", (request) => void (request.url() !== address && problems.push(`asks for ${request.url()}`)));
  page.on("console", (message) => void problems.push(message.text()));
  page.on("pageerror", ({ message }) => void problems.push(message));
  await page.goto(address);
  await page.locator("main").waitFor();
  return { page, problems, close: () => context.close() };
}

async function violations(page: Page): Promise<string[]> {
  // Read by the page's own script engine, not put into the page: its policy lets no other script in.
  await page.evaluate(axeSource);
  const { violations: found } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe("an exported report, in a browser without a network", () => {
  it.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["forced colours", { forcedColors: "active" }],
  ] as const)("shows all of it, loads nothing, and is accessible (%s)", async (name, look) => {
    const { page, problems, close } = await open(exportReport("corpus/deadlock/abba-go1.27.debug2.txt"), look);

    expect(await page.locator(".card h3").first().textContent()).toMatch(/^strong Deadlock of 2 goroutines/);
    expect(await page.locator("section.waits tbody tr").count()).toBe(5);
    expect(await page.getByRole("treeitem").count()).toBeGreaterThan(3);
    expect({ name, problems, violations: await violations(page) }).toEqual({ name, problems: [], violations: [] });
    await close();
  });

  it("draws what it says: pixels of the root's colour, and the picture as SVG", async () => {
    const { page, close } = await open(exportReport("workspaces/okx/deadlock.dump"));
    const colors = await page.locator("section.stacks canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set<string>();
      for (let at = 0; at < data.length; at += 4) seen.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`);
      return seen.size;
    });
    expect(colors).toBeGreaterThan(20);

    const saved = page.waitForEvent("download");
    await page.locator("section.waits").getByRole("button", { name: "SVG" }).click();
    const svg = readFileSync(await (await saved).path(), "utf8");
    expect(svg).toContain(">Root: goroutine 45</text>");
    await close();
  });

  it("finds, zooms and walks by keyboard", async () => {
    const { page, close } = await open(exportReport("workspaces/okx/deadlock.dump"));
    const details = page.locator("section.stacks .details");

    await page.getByRole("treeitem").first().focus();
    await page.keyboard.press("ArrowDown");
    expect(await details.textContent()).toMatch(/main\.\(\*httpServer\)\.websocket\.func2.*4 goroutines/);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await details.textContent()).toMatch(/kline\.\(\*MarketManager\)\.GetAllCandle/);
    await page.locator("section.stacks canvas").click({ position: { x: 20, y: 30 } });
    expect(await page.locator('[role="treeitem"][aria-selected="true"]').textContent()).toContain("websocket.func2");
    await page.getByRole("searchbox").fill("Lock");
    await page.getByText("Found: 3 goroutines (25%)").waitFor();
    await close();
  });

  it("has the pictures behind ten findings, the others behind a click", async () => {
    const file = join(temporaryFolder(), "many.dump");
    const stacks = Array.from(
      { length: 12 },
      (_, line) => `goroutine ${line + 7} [chan send (nil chan)]:\nmain.f()\n\t/src/a.go:${line + 1} +0x1\n`,
    );
    writeFileSync(file, stacks.join("\n"));
    const { page, close } = await open(exportReport(file));
    const cards = page.locator("section.findings article").filter({ visible: true });

    expect(await cards.count()).toBe(10);
    await page.locator("section.findings > details > summary", { hasText: "2 more" }).click();
    expect(await cards.count()).toBe(12);
    await close();
  });

  it("has what grows in a series, and lets one choose among dumps", async () => {
    const dumps = ["t0.debug1.txt", "t1.pb.gz", "t2.debug2.txt.gz"].map((name) => `corpus/leak/growth-go1.24-${name}`);
    const { page, problems, close } = await open(exportReport("--series", ...dumps));

    expect(await page.locator("section.growth tbody tr").first().textContent()).toContain("1,5002,4005,000");
    await page.getByRole("combobox", { name: "Dump" }).selectOption({ index: 2 });
    expect(await page.locator("h1").textContent()).toBe("growth-go1.24-t2.debug2.txt.gz");
    expect(problems).toEqual([]);
    await close();
  });
});
