import { env, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { type CompareResult, type DumpReportPage, reportPage } from "../../../../server/src/protocol/index.ts";
import { Panels } from "../../ids.ts";
import { frameRefOf } from "../../model/report/frames.ts";
import { type PageData, type ReportMessage, readReportMessage } from "../../model/report/pageData.ts";
import { fileName } from "../../model/fileName.ts";
import { nonce } from "../../runtime/nonce.ts";
import type { Services } from "../../services.ts";
import { forUser, inBackground } from "../../util/failures.ts";
import type { ShownComparison } from "../changes/comparison.ts";
import { openFrame } from "../openSource.ts";
import { fileBehind } from "../fileBehind.ts";
import { columnOf, showLine } from "./dumpEditor.ts";
import { savePicture, saveReport } from "./saveReport.ts";

/** The report of one dump, in a panel beside it. It follows the text of the dump. */
export class ReportPanel {
  readonly #services: Services;
  readonly #comparison: ShownComparison;
  readonly #dump: Uri;
  readonly #panel: WebviewPanel;
  #index = 0;
  #filter = "";
  #page: DumpReportPage | null = null;
  #growth: CompareResult | null = null;
  /** Counts the requests, so that a slow answer does not replace a later one. */
  #asked = 0;

  /** @param script of its page */
  constructor(services: Services, comparison: ShownComparison, dump: Uri, script: string) {
    this.#services = services;
    this.#comparison = comparison;
    this.#dump = dump;
    const title = l10n.t("Report: {0}", fileName(fileBehind(dump).path));
    const beside = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.#panel = window.createWebviewPanel(Panels.report, title, beside, {
      enableScripts: true,
      localResourceRoots: [],
    });
    const image = (name: string) => Uri.joinPath(services.context.extensionUri, "images", name);
    this.#panel.iconPath = { light: image("goroutine-dump-light.svg"), dark: image("goroutine-dump-dark.svg") };
    const listening = [
      services.server.onDidChangeDump((uri) => uri === dump.toString() && this.refresh()),
      comparison.onDidChange(() => this.refresh()),
      this.#panel.webview.onDidReceiveMessage((message: unknown) => {
        const read = readReportMessage(message);
        if (read !== undefined) void forUser(services.log, () => this.#receive(read));
      }),
    ];
    this.#panel.onDidDispose(() => listening.forEach((each) => each.dispose()));
    this.#panel.webview.html = reportPage(script, nonce(), null);
  }

  get onDidDispose(): WebviewPanel["onDidDispose"] {
    return this.#panel.onDidDispose;
  }

  /** Brings the panel to the front; the focus stays in the dump. */
  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** Asks the server anew and shows its answer. */
  refresh(): void {
    void inBackground(this.#services.log, () => this.#load());
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked;
    const { server } = this.#services;
    const uri = this.#dump.toString();
    const page = await server.request("report", { uri, index: this.#index, filter: this.#filter });
    if (page === null || asked !== this.#asked) return;
    const growth = await this.#growthOf(page);
    if (asked !== this.#asked) return;
    this.#page = page;
    this.#growth = growth;
    await this.#panel.webview.postMessage(this.#data(page));
  }

  /** What became of the dumps of one file, or of the series that is compared and has this dump among its own. */
  async #growthOf({ dumps }: DumpReportPage): Promise<CompareResult | null> {
    const uri = this.#dump.toString();
    const file = fileBehind(this.#dump).toString();
    if (dumps > 1) {
      const all = [{ uri, index: null }];
      return this.#services.server.request("compare", { dumps: all, kind: "series", sortByTime: true, from: 0 });
    }
    const { shown } = this.#comparison;
    const isOfSeries = shown?.params.kind === "series" && shown.result.dumps.some((each) => each.uri === file);
    return isOfSeries && shown.result.dumps.length > 1 ? shown.result : null;
  }

  #data(page: DumpReportPage): PageData {
    const name = (index: number) => (page.dumps > 1 ? l10n.t("Dump {0}", index + 1) : page.name);
    return {
      dumps: Array.from({ length: page.dumps }, (_, index) => ({
        name: name(index),
        page: index === page.index ? page : null,
      })),
      shown: page.index,
      growth: this.#growth,
      language: env.language,
      words: l10n.bundle ?? null,
    };
  }

  async #receive(message: ReportMessage): Promise<void> {
    switch (message.kind) {
      case "ready":
        return this.refresh();
      case "filter":
        this.#filter = message.text;
        return this.refresh();
      case "showDump":
        this.#index = message.index;
        return this.refresh();
      case "openFrame":
        return this.#openFrame(this.#page === null ? undefined : frameRefOf(this.#page.frames, message.frame));
      case "openGrown":
        return this.#openFrame(this.#growth?.stacks[message.index]?.frame ?? undefined);
      case "openLine":
        return showLine(this.#dump, message.line);
      case "export":
        return saveReport(this.#services, this.#dump, { index: this.#index, filter: this.#filter });
      case "savePicture":
        return savePicture(this.#dump, message);
    }
  }

  /** In the group of the dump: the source would cover the report. */
  async #openFrame(frame: ReturnType<typeof frameRefOf>): Promise<void> {
    if (frame === undefined) return;
    await window.showTextDocument(this.#dump, { viewColumn: columnOf(this.#dump), preview: false });
    await openFrame(this.#services, this.#dump, frame);
  }
}
