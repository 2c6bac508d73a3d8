import { type ExtensionContext, Uri, workspace } from "vscode";
import { Settings, settingsSection } from "../../ids.ts";

const MEGABYTE = 1024 * 1024;
/** A dump that is not whole by then never will be. */
const longestSeconds = 600;
/** A day: longer timers do not exist, they fire at once. */
const mostSeconds = 86_400;

/** What the user set for captures. */
export interface CaptureSettings {
  readonly silenceMs: number;
  readonly longestMs: number;
  readonly maxBytes: number;
  /** Whether the counted profile is saved as well: it has the labels. */
  readonly labels: boolean;
  /** Whether the profile of leaked goroutines is saved as well: it runs a garbage collection. */
  readonly leakProfile: boolean;
}

export function captureSettings(): CaptureSettings {
  const settings = workspace.getConfiguration(settingsSection);
  const silence = Math.min(mostSeconds, Math.max(1, settings.get<number>(Settings.captureTimeout, 30)));
  return {
    silenceMs: silence * 1000,
    longestMs: Math.max(longestSeconds, silence) * 1000,
    maxBytes: Math.max(1, settings.get<number>(Settings.captureMaxSize, 256)) * MEGABYTE,
    labels: settings.get<boolean>(Settings.captureLabels, false),
    leakProfile: settings.get<boolean>(Settings.captureLeakProfile, false),
  };
}

/** Where captures are saved: a folder of the workspace, or of the extension where there is no workspace. */
export function captureFolder({ globalStorageUri }: ExtensionContext): Uri {
  const name = workspace.getConfiguration(settingsSection).get<string>(Settings.captureFolder, "").trim();
  const folder = name === "" ? "goroutine-dumps" : name;
  if (/^(?:\/|\\\\|[a-z]:[\\/])/i.test(folder)) {
    return Uri.file(folder);
  }
  return Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? globalStorageUri, folder);
}
