import { append } from "../../core/lists.ts";
/** A `replace` directive. */
export interface Replacement {
  readonly module: string;
  /** Undefined: whatever the version. */
  readonly version: string | undefined;
  /** A folder (`./x`, `../x`, `/x`) or another module's path. */
  readonly target: string;
  /** Version of the replacement; undefined when it is a folder. */
  readonly targetVersion: string | undefined;
}

/** What a `go.mod` or `go.work` file says that helps to find sources. */
export interface GoModFile {
  /** Path of the module; "" in a `go.work`, or when the file names none. */
  readonly module: string;
  /** Version required of each module. */
  readonly requires: ReadonlyMap<string, string>;
  readonly replaces: readonly Replacement[];
  /** Folders named by `use` in a `go.work`. */
  readonly uses: readonly string[];
}

/** Reads a `go.mod` or `go.work` (https://go.dev/ref/mod#go-mod-file); what it does not know, it skips. */
export function parseGoMod(text: string): GoModFile {
  const requires = new Map<string, string>();
  const replaces: Replacement[] = [];
  const uses: string[] = [];
  let module = "";
  for (const [verb, args] of directives(text)) {
    const [first, second] = args;
    if (first === undefined) continue;
    if (verb === "module") module ||= first;
    else if (verb === "use") uses.push(first);
    else if (verb === "require" && second !== undefined) requires.set(first, second);
    else if (verb === "replace") append(replaces, replacement(args));
  }
  return { module, requires, replaces, uses };
}

/** Each directive with its arguments, blocks taken apart. */
function* directives(text: string): Generator<readonly [verb: string, args: readonly string[]]> {
  let block = "";
  for (const line of text.split("\n")) {
    const words = lineWords(line);
    const [verb] = words;
    if (verb === undefined) continue;
    if (verb === ")") block = "";
    else if (block !== "") yield [block, words];
    else if (words[1] === "(") block = verb;
    else yield [verb, words.slice(1)];
  }
}

/** The words of a line: quotes taken off, the comment left out. */
function lineWords(line: string): string[] {
  const words = line.match(/"[^"]*"|`[^`]*`|\/\/.*|[()]|[^\s()]+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith("//"));
  return (comment < 0 ? words : words.slice(0, comment)).map((word) => word.replace(/^["`](.*)["`]$/, "$1"));
}

/** `a.com/b v1.0.0 => ../b` */
function replacement(args: readonly string[]): Replacement[] {
  const arrow = args.indexOf("=>");
  const [module] = args;
  const target = args[arrow + 1];
  if (arrow < 1 || module === undefined || target === undefined) return [];
  const version = arrow === 2 ? args[1] : undefined;
  return [{ module, version, target, targetVersion: args[arrow + 2] }];
}
