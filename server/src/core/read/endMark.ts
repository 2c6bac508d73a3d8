/** A Markdown fence, and what `go test` prints behind a dump. */
const END_MARK = /^(?:\s*(?:`|`{3,}|~{3,})\s*(?:[\w-]+\s*)?|(?:FAIL|PASS|ok|exit status|--- [A-Z]+:|===)(?:\s.*)?)$/;

/** Whether a line ends a goroutine as an empty one does. */
export function endsGoroutine(text: string): boolean {
  return END_MARK.test(text);
}
