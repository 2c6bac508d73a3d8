/** Something that belongs to one line of a source file, and the text of that line by which it is known. */
export interface Anchored {
  /** Zero-based. */
  readonly line: number;
  /** Without the line's end. */
  readonly lineText: string;
}

/** A change of a document, as editors report it: the text takes the place of the range. */
export interface LineChange {
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly text: string;
}

/** Those whose line the document has in their place. The others are about another text: they are left out. */
export function keepFitting<T extends Anchored>(
  anchored: readonly T[],
  lineAt: (line: number) => string | undefined,
): readonly T[] {
  return anchored.filter(({ line, lineText }) => lineAt(line) === lineText);
}

/** Follows changes, in the order in which they apply. What stands at a line that was itself changed is dropped. */
export function followChanges<T extends Anchored>(
  anchored: readonly T[],
  changes: readonly LineChange[],
): readonly T[] {
  return changes.reduce<readonly T[]>((kept, change) => kept.flatMap((one) => follow(one, change)), anchored);
}

function follow<T extends Anchored>(anchored: T, { range: { start, end }, text }: LineChange): readonly T[] {
  const { line, lineText } = anchored;
  const isBehind = start.line > line || (start.line === line && isAtEnd(start.character, lineText, text));
  if (isBehind) return [anchored];
  const isBefore = end.line < line || (end.line === line && end.character === 0 && leavesStart(start.character, text));
  if (!isBefore) return [];
  const added = text.split("\n").length - 1;
  return [{ ...anchored, line: line + added - (end.line - start.line) }];
}

/** Whether a change at a place of the line only adds lines behind it. */
function isAtEnd(character: number, lineText: string, added: string): boolean {
  return character >= lineText.length && /^\r?\n/.test(added);
}

/** Whether what follows a change still begins a line. */
function leavesStart(character: number, added: string): boolean {
  return added === "" ? character === 0 : added.endsWith("\n");
}
