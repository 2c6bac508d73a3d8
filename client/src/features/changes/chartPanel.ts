import { commands, type Disposable, l10n, Uri, ViewColumn, type Webview, type WebviewPanel, window } from "vscode";
import { type ChartMessage, chartData, readChartMessage } from "../../model/chartData.ts";
import { Commands, Panels } from "../../ids.ts";
import { nonce } from "../../runtime/nonce.ts";
import type { Services } from "../../services.ts";
import { openFrame } from "../openSource.ts";
import type { ShownComparison } from "./comparison.ts";
import { forUser } from "../../util/failures.ts";

/** The panel with the growth chart of the comparison: opened on request, it then follows what is compared. */
export class ChartPanel implements Disposable {
  readonly #services: Services;
  readonly #comparison: ShownComparison;
  readonly #listening: Disposable;
  #panel: WebviewPanel | undefined;

  constructor(services: Services, comparison: ShownComparison) {
    this.#services = services;
    this.#comparison = comparison;
    this.#listening = comparison.onDidChange(() => this.#update());
  }

  /** Opens the panel beside the editor, or brings it to the front. */
  open(): void {
    if (this.#panel === undefined) {
      this.#panel = this.#create();
    } else {
      this.#panel.reveal(undefined, true);
    }
  }

  dispose(): void {
    this.#listening.dispose();
    this.#panel?.dispose();
  }

  #create(): WebviewPanel {
    const root = Uri.joinPath(this.#services.context.extensionUri, "dist", "webview");
    const column = { viewColumn: ViewColumn.Active, preserveFocus: true };
    const panel = window.createWebviewPanel(Panels.chart, l10n.t("Goroutines over Time"), column, {
      enableScripts: true,
      localResourceRoots: [root],
    });
    panel.webview.html = pageOf(panel.webview, Uri.joinPath(root, "page.js"));
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(readChartMessage(message)));
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }

  #receive(message: ChartMessage | undefined): void {
    switch (message?.kind) {
      case "ready":
        return this.#update();
      case "stop":
        return void commands.executeCommand(Commands.stopCapture);
      case "openSource":
        return void forUser(this.#services.log, () => this.#openSource(message.index));
      case undefined:
        return undefined;
    }
  }

  async #openSource(index: number): Promise<void> {
    const stack = this.#comparison.shown?.result.stacks[index];
    if (stack !== undefined && stack.frame !== null && stack.place !== null) {
      await openFrame(this.#services, Uri.parse(stack.place.uri), stack.frame);
    }
  }

  #update(): void {
    const { shown, capturing } = this.#comparison;
    if (shown !== undefined) {
      const { title, result, params } = shown;
      void this.#panel?.webview.postMessage(chartData({ title, result, kind: params.kind }, capturing, l10n));
    }
  }
}

/** A page that may run our script and load nothing else at all; the data comes as messages. */
function pageOf(webview: Webview, script: Uri): string {
  const key = nonce();
  return `<!DOCTYPE html>
<html lang="en" data-page="chart">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${key}'; style-src ${webview.cspSource}">
</head>
<body><script nonce="${key}" src="${webview.asWebviewUri(script).toString()}"></script></body>
</html>`;
}
