import { words } from "../base/words.ts";
import { type Message, say } from "../../core/text/say.ts";
import { goroutines } from "../../core/analysis/wording.ts";
import { splitFunctionName } from "../../core/names/functionName.ts";
import { isStandardLibrary } from "../../core/names/standardLibrary.ts";
import type { BlockFrame } from "../../core/forms/traceback/block.ts";
import type { OpenText } from "../document/openText.ts";
import type { CancellationToken, FileSystem } from "../base/ports.ts";
import type { Inline, RichBlock } from "../base/richText.ts";
import { driftWarning } from "../document/sources.ts";
import type { Located } from "../locator/located.ts";
import { getCommandOf } from "../locator/getCommand.ts";
import type { Target } from "../document/elementAt.ts";
import type { HoverContext } from "./hoverContext.ts";
import { namedArguments } from "./namedArguments.ts";
import { readSource, sourceBlock } from "./sourceBlock.ts";

/** Explains a frame: package, function, arguments, how many goroutines are in it, and its source. */
export async function frameHover(
  text: OpenText,
  { section: { open }, frame, kind }: Extract<Target, { kind: "frame" | "createdBy" }>,
  { host, sources }: HoverContext,
  token: CancellationToken,
): Promise<RichBlock[]> {
  const { packagePath, name } = splitFunctionName(frame.function);
  const isLibrary = isStandardLibrary(frame.function, frame.file);
  const located = await sources.locate(text, frame, token);
  const inPackage: Inline[] = [
    words(say`Package `),
    { code: packagePath },
    isLibrary ? words(say` of the standard library`) : "",
  ];
  const items = [
    ...(packagePath === "" ? [] : [inPackage]),
    ...(await argumentItems(located, frame, host.fileSystem)),
    [words(inFrame(kind, open.countWithFrame(frame)))],
  ];
  const source = located === undefined ? [] : await sourceBlocks(located, frame, host.fileSystem);
  return [
    { kind: "paragraph", parts: [kind === "createdBy" ? words(say`Created by `) : "", { strong: name }] },
    { kind: "list", items },
    ...source,
  ];
}

function inFrame(kind: "frame" | "createdBy", count: number): Message {
  if (count === 1)
    return kind === "createdBy" ? say`1 goroutine was created here.` : say`1 goroutine has this frame in its stack.`;
  const who = goroutines(count);
  return kind === "createdBy" ? say`${who} were created here.` : say`${who} have this frame in their stack.`;
}

/** With names and types, where the source is the one that the program was built from, as far as that can be told. */
async function argumentItems(
  located: Located | undefined,
  { function: name, args }: BlockFrame,
  files: FileSystem,
): Promise<readonly (readonly Inline[])[]> {
  if (args === null || args === "") return [];
  const isSure = located?.kind === "found" && located.proof === "encloses" && located.otherVersion === undefined;
  if (!isSure || args === "...") return [argumentsFact(args)];
  const source = await readSource(files, located.uri);
  const named = source && namedArguments({ function: name, args, line: located.line }, source);
  return named || [argumentsFact(args)];
}

function argumentsFact(args: string): readonly Inline[] {
  if (args === "...") return [words(say`Inlined into its caller: Go prints no arguments.`)];
  const stale = args.includes("?") ? words(say` A \`?\` marks a value that may be out of date.`) : "";
  return [
    words(say`Argument words `),
    { code: args },
    words(say` (strings, slices and interfaces take several, in braces).${stale}`),
  ];
}

async function sourceBlocks(located: Located, frame: BlockFrame, files: FileSystem): Promise<RichBlock[]> {
  switch (located.kind) {
    case "found": {
      const warning = driftWarning(located);
      const excerpt = await sourceBlock(files, located.uri, located.nearestLine ?? located.line);
      return [
        { kind: "paragraph", parts: [words(say`Source found: `), located.how, "."] },
        ...(warning === null
          ? []
          : [{ kind: "paragraph", parts: [{ strong: words(say`Careful:`) }, ` ${warning}`] } as const]),
        ...toGet(located),
        ...(excerpt === undefined ? [] : [excerpt]),
      ];
    }
    case "ambiguous":
      return [
        { kind: "paragraph", parts: [words(say`Several files fit `), { code: frame.file ?? "" }, ":"] },
        { kind: "list", items: located.candidates.map(({ uri, why }) => [{ code: uri }, ` ${why}`]) },
      ];
    case "generated":
      return [{ kind: "paragraph", parts: [located.reason] }];
    case "notFound":
      return [
        {
          kind: "paragraph",
          parts: [words(say`The source of `), { code: frame.file ?? "" }, words(say` was not found here.`)],
        },
        ...toGet(located),
      ];
  }
}

/** The command that brings what is not here, where there is one. */
function toGet(located: Located): RichBlock[] {
  const command = getCommandOf(located);
  const lead = located.kind === "found" ? say`To get the right one: ` : say`To get it: `;
  return command === null ? [] : [{ kind: "paragraph", parts: [words(lead), { code: command }] }];
}
