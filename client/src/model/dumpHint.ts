/**
 * A line no other text has: a goroutine's header, the first line of a goroutine profile or of a report of the race detector
 * or of go-deadlock, also behind a log prefix.
 *
 *     goroutine 1 [chan receive, 5 minutes]:
 *     goroutine profile: total 4
 *     WARNING: DATA RACE
 *     POTENTIAL DEADLOCK: Recursive locking:
 */
const telling =
  /\bgoroutine (?:\d+ (?:\S+ )*\[[a-z][^\]]*\]:|profile: total \d+)|\bWARNING: DATA RACE\s*$|\bPOTENTIAL DEADLOCK:(?:\s*$| (?:Recursive|Inconsistent) locking\b)/;

/** A telling line is short; so much of a long one is looked at. */
const lineLimit = 500;
const edgeLines = 500;
const windows = 40;
const windowLines = 20;

/** Whether some of the lines can only come from a goroutine dump. Looks at a bounded number, wherever a dump may be. */
export function hintsAtDump(lineCount: number, lineAt: (line: number) => string): boolean {
  for (const [start, end] of sampleRanges(lineCount)) {
    for (let line = start; line < end; line++) {
      if (telling.test(lineAt(line).slice(0, lineLimit))) {
        return true;
      }
    }
  }
  return false;
}

/** Both ends (a log's crash is at its end), and windows spread over what is between. */
function sampleRanges(lineCount: number): readonly (readonly [start: number, end: number])[] {
  if (lineCount <= 2 * edgeLines + windows * windowLines) {
    return [[0, lineCount]];
  }
  const middle = lineCount - 2 * edgeLines;
  const spread = Array.from({ length: windows }, (_, index) => {
    const start = edgeLines + Math.floor((middle * index) / windows);
    return [start, start + windowLines] as const;
  });
  return [[0, edgeLines], [lineCount - edgeLines, lineCount], ...spread];
}
