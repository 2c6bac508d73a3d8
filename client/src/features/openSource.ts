import { l10n, Position, type QuickPickItem, Range, TabInputText, Uri, window } from "vscode";
import type { FrameRef, FrameResolution, TreeNode } from "../../../server/src/protocol/index.ts";
import { rememberSource } from "../chosenSources.ts";
import { Commands } from "../ids.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";
import { explainNotFound } from "./pathMapping.ts";

/** Opens the source of a frame; on the way it asks, explains, or helps with a path mapping. */
export function registerOpenSource(services: Services): void {
  registerCommand(services, Commands.openSource, async (node: TreeNode) => {
    const dump = services.activeDump.uri;
    if (dump !== undefined && node.frame !== null) {
      await openFrame(services, dump, node.frame);
    }
  });
}

/** Opens the frame's source at its line, or says why that cannot be done. */
export async function openFrame(services: Services, dump: Uri, frame: FrameRef): Promise<void> {
  const resolution = await services.server.request("resolveFrame", { uri: dump.toString(), frame });
  switch (resolution.kind) {
    case "found":
      return openFound(dump, resolution);
    case "ambiguous":
      return choose(services, dump, frame, resolution);
    case "generated":
      void window.showInformationMessage(resolution.reason);
      return undefined;
    case "notFound":
      return helpFind(services, dump, frame, resolution.tried);
  }
}

type Found = Extract<FrameResolution, { kind: "found" }>;
type Ambiguous = Extract<FrameResolution, { kind: "ambiguous" }>;

async function openFound(dump: Uri, { place, warning }: Found): Promise<void> {
  const { line, character } = place.range.start;
  await openAt(dump, Uri.parse(place.uri), new Position(line, character));
  if (warning !== null) {
    window.setStatusBarMessage(warning, 10_000);
  }
}

async function openAt(dump: Uri, source: Uri, position: Position): Promise<void> {
  await keepDump(dump);
  await window.showTextDocument(source, { selection: new Range(position, position) });
}

/** A dump in a preview tab would be closed by the source that is opened next, and the tree with it: pins the tab. */
async function keepDump(dump: Uri): Promise<void> {
  for (const group of window.tabGroups.all) {
    const tab = group.activeTab;
    if (tab?.isPreview && tab.input instanceof TabInputText && tab.input.uri.toString() === dump.toString()) {
      await window.showTextDocument(dump, { preview: false, preserveFocus: true, viewColumn: group.viewColumn });
    }
  }
}

interface CandidateItem extends QuickPickItem {
  readonly uri: string;
  readonly line: number;
}

/** Asks which file it is, and remembers the answer for the workspace. */
async function choose(services: Services, dump: Uri, frame: FrameRef, { candidates }: Ambiguous): Promise<void> {
  const items = candidates.map(({ uri, line, why }): CandidateItem => {
    return { label: Uri.parse(uri).path, detail: why, uri, line };
  });
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Which file is {0}?", frame.file ?? frame.function),
    placeHolder: l10n.t("The answer is remembered for this workspace"),
    matchOnDetail: true,
  });
  if (picked === undefined) {
    return;
  }
  if (frame.file !== null) {
    await rememberSource(services.context, frame.file, picked.uri);
    await services.server.request("chooseSource", { file: frame.file, chosen: picked.uri });
  }
  await openAt(dump, Uri.parse(picked.uri), startOfLine(picked.line));
}

/** Says what was tried. The user may tell where the file is; then it is opened. */
async function helpFind(services: Services, dump: Uri, frame: FrameRef, tried: readonly string[]): Promise<void> {
  if (frame.file === null) {
    void window.showInformationMessage(l10n.t("The dump names no file for {0}.", frame.function));
    return;
  }
  const file = await explainNotFound(services, frame.file, tried);
  if (file !== undefined) {
    await openAt(dump, file, startOfLine(frame.line ?? 1));
  }
}

/** @param line 1-based, as in a dump. */
function startOfLine(line: number): Position {
  return new Position(Math.max(0, line - 1), 0);
}
