import type { ExtensionContext } from "vscode";
import { Memory } from "./ids.ts";

/** Dumps whose revision is remembered, the latest ones. */
const most = 100;

/** The revisions that the user has chosen in this workspace: address of a dump to the revision's name. */
export function chosenRevisions(context: ExtensionContext): Readonly<Record<string, string>> {
  return context.workspaceState.get(Memory.chosenRevisions, {});
}

/** Remembers which revision a dump is of; null: it is to be found out. */
export async function rememberRevision(
  context: ExtensionContext,
  dump: string,
  revision: string | null,
): Promise<void> {
  const others = Object.entries(chosenRevisions(context)).filter(([known]) => known !== dump);
  const entries = revision === null ? others : [...others, [dump, revision] as const];
  await context.workspaceState.update(Memory.chosenRevisions, Object.fromEntries(entries.slice(-most)));
}
