/** The part of the protocol that is about the text of open documents, see `protocol.ts`. */

/**
 * Name of the capability (below `capabilities.experimental`) of a server that sees the files of its client: it takes
 * {@link OpenFileParams} instead of `textDocument/didOpen`.
 */
export const READS_FILES = "goroutineDumpReadsFiles";

/**
 * Opens a document whose text the server reads from its file: a large text is not sent. From then on the document is
 * changed and closed as any other. When the server cannot read the very same text, the document is not open, and the
 * client is to open it with `textDocument/didOpen`.
 */
export interface OpenFileParams {
  /** A `file:` address. */
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: TextCheck;
}

/** What the editor knows of its text without putting it together. */
export interface TextCheck {
  /** Length in UTF-16 units. */
  readonly length: number;
  readonly lines: number;
  readonly lineEnd: "\n" | "\r\n";
  /** What stands at some places of it. */
  readonly samples: readonly TextSample[];
}

export interface TextSample {
  /** In UTF-16 units. */
  readonly offset: number;
  readonly text: string;
}

export interface OpenFileResult {
  /** Whether the document is open. */
  readonly isOpen: boolean;
}
