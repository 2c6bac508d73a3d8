import type { Frame } from "../../core/model/stack.ts";
import type { OpenText } from "../document/openText.ts";
import type { CancellationToken } from "../base/ports.ts";
import { fitsLine } from "../locator/lineFit.ts";
import type { StatementHint } from "../golang/statement.ts";
import type { Sources } from "../document/sources.ts";

/** Longer lines are data, not statements. */
const MAX_LINE = 1000;

/** A line of a source file that is surely the one a frame names. */
export interface ProvenPlace {
  readonly uri: string;
  /** 0-based. */
  readonly line: number;
  /** The whole line as the file has it, without its end. */
  readonly lineText: string;
}

/** Where a frame stands in the source, if its function encloses the line and the line does what the dump says. */
export async function provenPlace(
  text: OpenText,
  frame: Frame,
  hint: StatementHint,
  sources: Sources,
  token: CancellationToken,
): Promise<ProvenPlace | undefined> {
  const located = await sources.locate(text, frame, token);
  if (located?.kind !== "found" || located.proof !== "encloses") return undefined;
  const source = await sources.read(text, located);
  if (source === undefined || !fitsLine(source, located.line, hint)) return undefined;
  const lineText = source.split("\n", located.line + 1)[located.line]?.replace(/\r$/, "") ?? "";
  return lineText.length > MAX_LINE ? undefined : { uri: located.uri, line: located.line, lineText };
}

/** What the dump tells of the line of a stack's frame: the state of its goroutines, and what the line calls. */
export function hintAt(frames: readonly Frame[], index: number, state: string): StatementHint {
  const callee = frames[index - 1]?.function;
  return callee === undefined ? { state } : { state, callee };
}
