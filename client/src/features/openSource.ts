import { l10n, Position, type QuickPickItem, Range, TabInputText, Uri, window } from "vscode";
import type { FrameRef, FrameResolution, ResolveFrameParams, TreeNode } from "../../../server/src/protocol/index.ts";
import { rememberSource } from "../chosenSources.ts";
import { Commands } from "../ids.ts";
import type { Services } from "../services.ts";
import { registerCommand } from "../util/commands.ts";
import { mayHaveCome, tellVersion } from "./getSource.ts";
import { askForPlace } from "./navigation.ts";
import { explainNotFound } from "./pathMapping.ts";
import { showInformation, showWarning } from "../util/messages.ts";

/** Opens the source of a frame; on the way it asks, explains, or helps with a path mapping. */
export function registerOpenSource(services: Services): void {
  registerCommand(services, Commands.openSource, async (node: TreeNode, look?: Partial<Look>) => {
    const dump = services.activeDump.uri;
    if (dump !== undefined && node.frame !== null) {
      await openFrame(services, dump, node.frame, { keepFocus: look?.keepFocus === true });
    }
  });
}

/** How a source is shown. */
interface Look {
  /** The focus stays where it is, in the tree: a click there is a look, and the next key belongs to the tree. */
  readonly keepFocus: boolean;
}

const goThere: Look = { keepFocus: false };

/** Opens the frame's source at its line, or says why that cannot be done. */
export async function openFrame(services: Services, dump: Uri, frame: FrameRef, look = goThere): Promise<void> {
  const isWanted = askForPlace();
  const resolution = await resolve(services, { uri: dump.toString(), frame });
  if (!isWanted()) return;
  switch (resolution.kind) {
    case "found":
      return openFound(dump, resolution, look);
    case "ambiguous":
      return choose(services, dump, frame, resolution, look);
    case "generated":
      void showInformation(resolution.reason);
      return undefined;
    case "notFound":
      return helpFind(services, dump, frame, resolution, look);
  }
}

/**
 * Looks again before it gives up: what was missing may have been fetched since, and a new file of the workspace is told late,
 * or on some file systems never.
 */
async function resolve({ server }: Services, params: ResolveFrameParams): Promise<FrameResolution> {
  const resolution = await server.request("resolveFrame", params);
  const isMissing = resolution.kind === "notFound" && params.frame.file !== null;
  const isAwaited = "get" in resolution && mayHaveCome(resolution.get);
  return isMissing || isAwaited ? server.request("resolveFrame", { ...params, anew: true }) : resolution;
}

type Found = Extract<FrameResolution, { kind: "found" }>;
type NotFound = Extract<FrameResolution, { kind: "notFound" }>;
type Ambiguous = Extract<FrameResolution, { kind: "ambiguous" }>;

async function openFound(dump: Uri, { place, warning, isOtherVersion, get }: Found, look: Look): Promise<void> {
  const { line, character } = place.range.start;
  await openAt(dump, Uri.parse(place.uri), new Position(line, character), look);
  if (warning === null) return;
  if (isOtherVersion) void tellVersion(warning, get);
  else tellOnce(place.uri, warning);
}

/** What was told, by source file: a warning that comes with each click is not read any more. */
const told = new Map<string, string>();

/** In a notification, which stays to be read and has room for all of it. */
function tellOnce(source: string, warning: string): void {
  if (told.get(source) === warning) return;
  told.set(source, warning);
  void showWarning(warning);
}

async function openAt(dump: Uri, source: Uri, position: Position, { keepFocus }: Look): Promise<void> {
  await keepDump(dump);
  await window.showTextDocument(source, { selection: new Range(position, position), preserveFocus: keepFocus });
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
async function choose(
  services: Services,
  dump: Uri,
  frame: FrameRef,
  { candidates }: Ambiguous,
  look: Look,
): Promise<void> {
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
  await openAt(dump, Uri.parse(picked.uri), startOfLine(picked.line), look);
}

/** Says what was tried. The user may tell where the file is; then it is opened. */
async function helpFind(
  { log }: Services,
  dump: Uri,
  frame: FrameRef,
  { tried, get }: NotFound,
  look: Look,
): Promise<void> {
  if (frame.file === null) {
    void showInformation(l10n.t("The dump names no file for {0}.", frame.function));
    return;
  }
  const file = await explainNotFound(log, frame.file, tried, get);
  if (file !== undefined) {
    await openAt(dump, file, startOfLine(frame.line ?? 1), look);
  }
}

/** @param line 1-based, as in a dump. */
function startOfLine(line: number): Position {
  return new Position(Math.max(0, line - 1), 0);
}
