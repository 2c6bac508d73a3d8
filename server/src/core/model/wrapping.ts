/** One thing around a dump that was taken off its lines, and how to take it off again. */
export type Layer =
  /** Each line begins alike: a log prefix, a quote mark, an indentation. `sample` is one such beginning. */
  | { readonly kind: "prefix"; readonly sample: string }
  /** Each line begins as a setting says, see `matchLinePattern`. */
  | { readonly kind: "pattern"; readonly pattern: string }
  /**
   * Each line is the value of a field of a log record. `isJoined`: the values end where the lines do not, so they are
   * put together first. `source` are the fields that tell this writer from others in the same log.
   */
  | {
      readonly kind: "field";
      readonly style: "json" | "logfmt";
      readonly key: string;
      readonly isJoined: boolean;
      readonly source: readonly (readonly [key: string, value: string])[];
    }
  /** The console of a browser shows behind each line where in a script it was printed. */
  | { readonly kind: "console" }
  /**
   * A progress report of a test framework: headers without a colon, that many columns from the left, marked calls, lines
   * of the source.
   */
  | { readonly kind: "progress"; readonly indent: number }
  /** All of it stands on one line, as a string with escapes (`\n`, `\t`). */
  | { readonly kind: "escaped" }
  /** All of it stands on one line, with something else where the line ends were. */
  | { readonly kind: "separated"; readonly separator: string }
  /** A page, or the preformatted part of one, up to the closing tag. */
  | { readonly kind: "html"; readonly until: "html" | "pre" }
  /** What `strace` shows of a process that writes a dump, a few characters a call. */
  | { readonly kind: "strace"; readonly descriptor: number };

/** The layers around a dump, the outermost first. */
export type Wrapping = readonly Layer[];
