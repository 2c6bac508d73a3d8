import { l10n, ProgressLocation, type QuickPickItem, window } from "vscode";
import { Commands } from "../../ids.ts";
import { captureProblemText } from "../../model/captureProblem.ts";
import type { PprofBase } from "../../model/pprofUrl.ts";
import { sizeText } from "../../model/sizeText.ts";
import type { Services } from "../../services.ts";
import { registerCommand } from "../../util/commands.ts";
import type { Changes } from "../changes/register.ts";
import { showDumpFile } from "../openDump.ts";
import { askForUrl } from "./askForUrl.ts";
import { Capture, type Captured } from "./capture.ts";
import { CaptureSeries } from "./captureSeries.ts";
import { Credentials } from "./credentials.ts";
import { captureFromDebugSession } from "./debugSession.ts";
import { showError } from "../../util/messages.ts";

/** Dumps from running programs: once, again and again, or from a debugger. */
export function registerCapture(services: Services, { comparison, chart }: Changes): void {
  const capture = new Capture(services.context, new Credentials(services.context));
  const series = new CaptureSeries(services, capture, comparison, (failed) => explain(capture, failed));
  services.context.subscriptions.push(series);

  registerCommand(services, Commands.captureUrl, async () => {
    const base = await askForUrl(services.context, capture.credentials);
    const interval = base === undefined ? undefined : await askForInterval();
    if (base === undefined || interval === undefined) {
      return;
    }
    if (interval === 0) {
      await captureOnce(capture, base);
    } else {
      chart.open();
      await series.start(base, interval);
    }
  });
  registerCommand(services, Commands.stopCapture, async () => series.stop());
  registerCommand(services, Commands.forgetCredentials, async () => {
    const base = await askForUrl(services.context, capture.credentials);
    if (base !== undefined) {
      await capture.credentials.forget(base);
    }
  });
  registerCommand(services, Commands.captureDebugSession, () => captureFromDebugSession(services));
}

async function captureOnce(capture: Capture, base: PprofBase): Promise<void> {
  const captured = await withProgress(capture, base);
  if (captured.kind === "saved") {
    await showDumpFile(captured.uri);
  } else if (await explain(capture, captured)) {
    await captureOnce(capture, base);
  }
}

function withProgress(capture: Capture, base: PprofBase): Thenable<Captured> {
  const title = l10n.t("Capturing goroutine dump from {0}", base.host);
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, (progress, token) =>
    capture.once(base, { token, onProgress: (bytes) => progress.report({ message: sizeText(bytes) }) }),
  );
}

/** Says why there is no dump, and what to do. True: the user did it, so it may be tried again. */
async function explain(
  { credentials }: Capture,
  { url, problem }: Extract<Captured, { kind: "failed" }>,
): Promise<boolean> {
  const text = captureProblemText(problem, url, l10n);
  if (text === undefined) {
    return false;
  }
  const again = l10n.t("Try Again");
  const enter = l10n.t("Enter Credentials...");
  const wantsCredentials = problem.kind === "unauthorized";
  const answer = await showError(text, wantsCredentials ? enter : again);
  return answer === enter ? credentials.ask(hostOf(url)) : answer === again;
}

function hostOf(url: string): string {
  return url.split("/")[2] ?? "";
}

interface IntervalItem extends QuickPickItem {
  /** 0: once; undefined: another number. */
  readonly seconds: number | undefined;
}

/** Seconds between captures, 0 for a single one; undefined when the user gives up. */
async function askForInterval(): Promise<number | undefined> {
  const items: IntervalItem[] = [
    { label: l10n.t("Once"), seconds: 0 },
    ...[5, 10, 30, 60].map((seconds) => ({
      label: l10n.t("Every {0} seconds, with a growth chart", seconds),
      seconds,
    })),
    { label: l10n.t("Other Interval..."), seconds: undefined },
  ];
  const picked = await window.showQuickPick(items, { title: l10n.t("How often?") });
  if (picked === undefined || picked.seconds !== undefined) {
    return picked?.seconds;
  }
  const typed = await window.showInputBox({
    title: l10n.t("Seconds from one capture to the next"),
    value: "15",
    validateInput: (text) => (readSeconds(text) === undefined ? l10n.t("A number from 1 to 86400.") : undefined),
  });
  return typed === undefined ? undefined : readSeconds(typed);
}

function readSeconds(text: string): number | undefined {
  const seconds = Number(text);
  return Number.isFinite(seconds) && seconds >= 1 && seconds <= 86_400 ? seconds : undefined;
}
