import { fileName } from "../fileName.ts";

/** Import paths as people list them: commas and blanks between. */
export function splitPaths(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((path) => path !== "");
}

/** The name that is offered for a redacted dump: `a.dump` becomes `a.redacted.dump`. */
export function redactedName(dumpPath: string): string {
  return `${fileName(dumpPath).replace(/\.[^.]*$/, "") || "goroutines"}.redacted.dump`;
}
