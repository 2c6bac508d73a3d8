/** A line of a dump that stands behind something, and what stands behind it. */
export interface FoundStart {
  /** Column it begins at. */
  readonly start: number;
  /** Column behind it. */
  readonly end: number;
}

/**
 * Lines that begin a dump of some form. They are looked for anywhere in a line; each has a text that is cheap to look for
 * first. Brackets hold no line ends and no brackets but in quotes, and are short: a line may be megabytes.
 */
const STARTS: readonly { readonly mark: string; readonly pattern: RegExp }[] = [
  {
    mark: "goroutine ",
    pattern:
      /goroutine \d{1,20}(?: gp=(?:0x[0-9a-f]+|nil))?(?: m=(?:nil|-?\d+))?(?: mp=0x[0-9a-f]+)? \[[a-zA-Z][^\]\n]{0,400}\](?: ?\{[^}\n]{0,400}\})?:/g,
  },
  // Of a progress report, which has no colon; the line ends with it, or the string that holds the line.
  { mark: "goroutine ", pattern: /goroutine \d{1,20} \[[a-zA-Z][^\]\n]{0,400}\](?=$|\\*"|\\+n)/g },
  { mark: "runtime stack:", pattern: /runtime stack:/g },
  { mark: " profile: total ", pattern: /\b\w{1,60} profile: total \d+/g },
  { mark: "Type: goroutine", pattern: /(?:Period)?Type: goroutine\w*(?: count)?/g },
  { mark: "WARNING: DATA RACE", pattern: /WARNING: DATA RACE(?: at 0x[0-9a-f]+)?/g },
  { mark: "POTENTIAL DEADLOCK:", pattern: /POTENTIAL DEADLOCK:(?: [IR][a-zA-Z .:]{0,80})?/g },
  {
    mark: "eaked goroutine: ",
    pattern: /(?:leaktest: leaked|Leaked) goroutine: goroutine \d{1,20} \[[^\]\n]{1,400}\]:/g,
  },
  { mark: "[Goroutine ", pattern: /\[Goroutine \d+ in state .{1,300} on top of the stack:/g },
  { mark: "Goroutine ", pattern: /[* ] Goroutine \d+ - (?:User|Runtime|Go|Start): .+/g },
];

/** Characters of the longest beginning: where one is found, another one before it ends within as many behind it. */
const LONGEST = 2000;

/** The first beginning of a dump in a line, or undefined. */
export function findStart(text: string): FoundStart | undefined {
  let found: FoundStart | undefined;
  for (const { mark, pattern } of STARTS) {
    // Only what begins earlier counts: a line may be megabytes of goroutines.
    const part = found === undefined ? text : text.slice(0, found.start + LONGEST);
    if (!part.includes(mark)) continue;
    pattern.lastIndex = 0;
    const first = pattern.exec(part);
    if (first === null) continue;
    pattern.lastIndex = first.index;
    const match = pattern.exec(text);
    if (match === null || (found !== undefined && found.start <= match.index)) continue;
    found = { start: match.index, end: match.index + match[0].length };
  }
  return found;
}

/** What a dying program prints first, where all of it stands on one line. */
const PREAMBLE = /(?:panic|fatal error): |SIG[A-Z0-9]{2,6}: /;

/** Column at which a dump begins that stands on this one line. */
export function startOfDump(text: string, found: FoundStart): number {
  const before = text.slice(0, found.start).search(PREAMBLE);
  return before < 0 ? found.start : before;
}

/** Whether a goroutine's header is followed by an escaped line end, or by something put in its place. */
export function standsOnOneLine(text: string): boolean {
  return ONE_LINE_MARKS.some((mark) => text.includes(mark));
}

const ONE_LINE_MARKS = ["]:\\n", "]:\\\\", "]:#012", "]: | ", "]:\u2028"];
