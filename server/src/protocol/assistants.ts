/** Calls a tool for assistants by its name. */
export interface CallToolParams {
  readonly name: string;
  /** What the assistant has given, whatever it is. */
  readonly input: unknown;
}

export interface CallToolResult {
  /** Whether the text is a sentence that says what to do instead of an answer. */
  readonly isError: boolean;
  /** JSON of the answer. For models, so in English. */
  readonly text: string;
}
