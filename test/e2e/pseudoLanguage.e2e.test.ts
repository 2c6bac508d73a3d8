import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import { expect, inject, it, vi } from "vitest";
import type * as vscode from "vscode";
import { RULES } from "../../server/src/core/findings/registry.ts";
import { English, inPseudo, pseudoBundle } from "../support/pseudoLanguage.ts";
import { ownEditor } from "./support/editor.ts";
import { type Workbench, openWindow } from "./support/workbench.ts";
import { sampleWorkspace } from "./support/workspaces.ts";

/** Names of files, of the extension and of rules, words of the filter, and what the editor adds to a question. */
const notTranslated = [
  "deadlock.dump later.dump goroutine-dump SVG PNG",
  ...RULES.map(({ id }) => id),
  "state count wait label:route=/buy ancestor has:finding",
  "(Press 'Enter' to confirm or 'Escape' to cancel)",
];

/** As language tags have it: the rest is for private use. */
const language = "qps-ploc";

/** Gives the installed extension the made-up language. */
function teachExtension(): void {
  const { extensions } = ownEditor();
  const name = readdirSync(extensions).find((each) => each.startsWith("goroutine-dump-navigator."));
  const folder = join(extensions, name ?? "");
  const manifest = JSON.parse(readFileSync(join(folder, "package.nls.json"), "utf8")) as Record<string, string>;
  const texts = Object.fromEntries(
    Object.entries(manifest).map(([key, text]) => [key, text.endsWith(".svg") ? text : inPseudo(text)]),
  );
  mkdirSync(join(folder, "l10n"), { recursive: true });
  writeFileSync(join(folder, `package.nls.${language}.json`), JSON.stringify(texts));
  writeFileSync(join(folder, "l10n", `bundle.l10n.${language}.json`), JSON.stringify(pseudoBundle()));
}

/** In the extension host: what the extension's manifest tells people, as the editor has read it. */
function manifestTexts(api: typeof vscode): string[] {
  const shown = /^(title|category|name|contextualTitle|contents|displayName|label|alt|.*description|.*descriptions)$/i;
  const texts: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === "string" && shown.test(key)) texts.push(value);
    if (typeof value !== "object" || value === null) return;
    // Of a translated title the editor keeps the English as well: the palette finds commands by it.
    if ("value" in value && "original" in value) return visit(value.value, key);
    for (const [name, child] of Object.entries(value)) {
      // What only programs read.
      const isForPrograms =
        ["modelDescription", "inputSchema"].includes(name) || (name === "name" && !("contextualTitle" in value));
      if (!isForPrograms) visit(child, Array.isArray(value) ? key : name);
    }
  };
  const { packageJSON } = api.extensions.getExtension("goroutine-dump-navigator.goroutine-dump-navigator") ?? {};
  visit((packageJSON as { contributes: unknown }).contributes, "");
  return texts;
}

/** In the extension host: what stands at the text of the dump. */
async function textsAtDump(api: typeof vscode): Promise<string[]> {
  const { document } = api.window.activeTextEditor!;
  const lenses = await api.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    document.uri,
    50,
  );
  const texts = lenses.map(({ command }) => command?.title ?? "");
  for (const [, problems] of api.languages.getDiagnostics()) {
    for (const { message, relatedInformation = [] } of problems) {
      texts.push(message, ...relatedInformation.map((each) => each.message));
    }
  }
  for (let line = 0; line < document.lineCount; line += 4) {
    const at = new api.Position(line, document.lineAt(line).text.length >> 1);
    const hovers = await api.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, at);
    const told = hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value));
    // Excerpts of the source, and the names and types of arguments in it, are no texts of ours.
    texts.push(...told.map((text) => text.replace(/```[^]*?```|^- ` .*? ` \\=/gm, "")));
  }
  const whole = new api.Range(0, 0, document.lineCount, 0);
  const actions = await api.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    whole,
  );
  return [...texts, ...actions.map(({ title }) => title)];
}

/** What a user reads in some elements, or is told of them by their attributes. */
async function textsOf(elements: Locator, attributes: readonly string[] = []): Promise<string[]> {
  return elements.evaluateAll(
    (all, names) =>
      all.flatMap((each) => [(each as HTMLElement).innerText, ...names.map((name) => each.getAttribute(name) ?? "")]),
    attributes,
  );
}

/** All that a page in a panel says. */
async function textsOfPage(page: FrameLocator): Promise<string[]> {
  const inner = await page
    .locator("body *")
    .evaluateAll((all) =>
      all.flatMap((each) => [
        ...[...each.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? "") : "")),
        ...["aria-label", "placeholder", "title", "alt"].map((name) => each.getAttribute(name) ?? ""),
      ]),
    );
  return inner.filter((text) => text.trim() !== "");
}

/** In the extension host: runs a command, which may wait for an answer. A list is one of files. */
function run(api: typeof vscode, id: string, args: readonly unknown[]): void {
  const given = args.map((each) => (Array.isArray(each) ? each.map((path) => api.Uri.file(path as string)) : each));
  void api.commands.executeCommand(id, ...given);
}

async function start({ evaluate }: Workbench, command: string, ...args: readonly unknown[]): Promise<void> {
  await evaluate(run, `goroutineDump.${command}`, args);
}

/** What a command asks at the top of the window, with something typed into it. */
async function question(window: Workbench, command: string, typed?: string): Promise<string[]> {
  const box = window.page.locator(".quick-input-widget");
  await start(window, command);
  await box.waitFor();
  if (typed !== undefined) await box.locator("input").first().fill(typed);
  const shown = box.locator(".quick-input-title, .quick-input-list .monaco-list-row, .quick-input-message, input");
  const said = () => textsOf(shown, ["placeholder"]);
  await expect.poll(async () => (await said()).join().includes("\u27e6")).toBe(true);
  const texts = await said();
  await window.page.keyboard.press("Escape");
  await box.waitFor({ state: "hidden" });
  return texts;
}

it("in a made-up language nothing of the extension's is English, wherever the real VS Code shows it", async () => {
  teachExtension();
  const folder = sampleWorkspace();
  const dump = join(folder, "deadlock.dump");
  const window = await openWindow({ folder, files: [dump], language });
  const { evaluate, page } = window;
  const rows = page.locator('[id="workbench.view.extension.goroutineDump"] .monaco-list-row');
  const panel = page.frameLocator("iframe.webview").frameLocator("#active-frame");
  const said: Record<string, readonly string[]> = { manifest: await evaluate(manifestTexts) };

  const finding = rows.and(page.locator('[aria-level="2"]')).first();
  await window.unfold(finding, rows.and(page.locator('[aria-level="3"]')).nth(4));
  said["tree"] = await textsOf(rows, ["aria-label"]);
  said["status bar"] = await textsOf(page.locator('.statusbar-item[id^="goroutine-dump-navigator"] a'), ["aria-label"]);
  said["dump"] = await evaluate(textsAtDump);

  for (const command of ["groupBy", "sortBy", "filter", "exportReport", "captureUrl"])
    said[command] = await question(window, command);
  said["wrong filter"] = await question(window, "filter", "wait:soon");
  said["wrong address"] = await question(window, "captureUrl", "ftp://localhost");

  await evaluate((api) => api.env.clipboard.writeText(" "));
  await start(window, "openClipboard");
  const messages = (await window.notifications()).locator(".notification-list-item-message");
  await messages.first().waitFor();
  said["notifications"] = await textsOf(messages);

  await start(window, "openReport");
  await panel.locator("main > section.findings").waitFor();
  said["report"] = await textsOfPage(panel);

  await evaluate((api) => api.commands.executeCommand("workbench.action.closeAllEditors"));
  cpSync(dump, join(folder, "later.dump"));
  await start(window, "compare", null, [dump, join(folder, "later.dump")]);
  await rows.filter({ hasText: /3 → 3/ }).first().waitFor();
  said["changes"] = await textsOf(rows, ["aria-label"]);
  await start(window, "openChart");
  await panel.locator("tbody tr").first().waitFor();
  said["chart"] = await textsOfPage(panel);
  await start(window, "openChanges");
  const text = () => evaluate((api) => api.window.activeTextEditor?.document.getText() ?? "");
  await expect.poll(text).toContain("later.dump");
  said["changes as a text"] = [await text()];

  await start(window, "openWalkthrough");
  const steps = page.locator(".getting-started-step");
  await steps.nth(4).waitFor();
  said["walkthrough"] = await textsOf(steps);
  // The editor repeats the title in English below it.
  const found = page.locator(".quick-input-list .monaco-list-row", { hasText: "Open Goroutine Dump from Clipboard" });
  await vi.waitFor(
    async () => {
      await evaluate(
        (api) => void api.commands.executeCommand("workbench.action.quickOpen", ">Open Goroutine Dump from Clipboard"),
      );
      await found.waitFor({ timeout: inject("patienceMs") / 8 });
    },
    { timeout: inject("patienceMs") },
  );
  said["palette"] = await textsOf(found.locator(".label-name").first());

  const english = new English([readFileSync(dump, "utf8"), ...notTranslated].join(" "));
  for (const [where, texts] of Object.entries(said)) {
    expect({ where, isTranslated: texts.some((one) => one.includes("\u27e6")) }).toEqual({
      where,
      isTranslated: true,
    });
    expect({ where, english: english.in(texts) }).toEqual({ where, english: [] });
  }
});
