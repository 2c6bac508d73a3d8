import type { SourceFacts } from "../../core/analysis/sourceFacts.ts";
import type { Group } from "../../core/group/groups.ts";
import type { Dump } from "../../core/model/dump.ts";
import type { CancellationToken } from "../base/ports.ts";
import type { LocateContext } from "../locator/located.ts";
import { readSourceFacts } from "../locator/sourceFacts.ts";
import type { BuiltSource } from "./builtSource.ts";

/**
 * What the source says at the places where the goroutines of a dump stand, read as it was when the program was built. Null:
 * that source is not at hand, or not for sure, and what has changed since says nothing of the program.
 */
export async function readBuiltFacts(
  dump: Dump,
  groups: readonly Group[],
  { locator, isCertain, isNowhere }: BuiltSource,
  context: LocateContext,
  token: CancellationToken,
  pause?: () => Promise<void>,
): Promise<SourceFacts | null> {
  if (locator === undefined) return null;
  if (isNowhere) return { at: () => undefined };
  const facts = await readSourceFacts(dump, groups, locator, context, token, pause);
  return (await isCertain()) ? facts : null;
}
