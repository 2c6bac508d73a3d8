import { parseArgs, type ParseArgsConfig } from "node:util";
import { closest } from "../closest.ts";
import { UsageError } from "../usageError.ts";

/** Where the output of a command goes. */
export interface Output {
  /** Prints a piece of the result, text or bytes, on standard output; resolves when it was taken. */
  print(piece: string | Uint8Array): Promise<void>;
  /** Passes bytes of an input through as they are, on standard error; resolves when they were taken. */
  echo(piece: Uint8Array): Promise<void>;
  /**
   * Tells a sentence about an input on standard error. `isUnreadable`: the input, or a part of it, cannot be read, which the
   * exit status says too; absent: it can.
   */
  warn(sentence: string, isUnreadable?: boolean): void;
}

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** What stands behind the name: `[options] FILE...`. */
  readonly synopsis: string;
  /** What it does, in a few words for the list of commands. */
  readonly summary: string;
  /** Its options, one a line, as the help prints them; empty: it has none. */
  readonly options: string;
  /** What its exit status means, as the help prints it; absent: as that of most commands. */
  readonly status?: string;
  /** Gives the exit status. Throws `UsageError` when the arguments are wrong or an input cannot be read. */
  run(args: readonly string[], output: Output): number | Promise<number>;
}

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ allowPositionals: true; options: T }>>;

/** Reads the options of a command. Throws `UsageError` for one that it does not have, or that has no value, or one too many. */
export function readOptions<const T extends Options>(command: Command, args: readonly string[], options: T): Parsed<T> {
  const config = { args: [...args], allowPositionals: true, options } as const;
  for (const token of parseArgs({ ...config, strict: false, tokens: true }).tokens) {
    const complaint = token.kind === "option" ? complaintOf(token, command, options) : null;
    if (complaint !== null) throw new UsageError(complaint);
  }
  return parseArgs(config);
}

type OptionToken = Extract<NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number], { readonly kind: "option" }>;

/** What is wrong with an option, and what it takes; null: nothing. */
function complaintOf(
  { name, rawName, value, inlineValue }: OptionToken,
  command: Command,
  options: Options,
): string | null {
  const known = Object.hasOwn(options, name) ? options[name] : undefined;
  if (known === undefined) {
    const meant = closest(name, Object.keys(options));
    return `there is no option ${rawName}${meant === undefined ? "" : `: is --${meant} meant?`}`;
  }
  if (known.type === "boolean") return value === undefined ? null : `${rawName} takes no value`;
  const usage = new RegExp(`^  (${rawName} \\S+)`, "m").exec(command.options)?.[1] ?? `${rawName} VALUE`;
  if (value === undefined) return `${rawName} needs a value: ${usage}`;
  // What stands behind it is more likely the next option.
  return inlineValue || !/^-./.test(value)
    ? null
    : `${rawName} needs a value: ${usage}, or ${rawName}=${value} if that is meant`;
}

/** The value of an option that takes one of a few words. */
export function oneOf<T extends string>(option: string, values: readonly T[], value: string): T {
  const known = values.find((each) => each === value);
  if (known === undefined) throw new UsageError(`${option} is one of ${values.join(", ")}, not ${value}`);
  return known;
}

/** The files that a command reads, `others` beside them; `-` is standard input. */
export function someFiles(command: string, positionals: readonly string[], ...others: string[]): readonly string[] {
  if (positionals.length === 0) throw new UsageError(`${command} needs at least one FILE, or - for standard input`);
  if ([...positionals, ...others].filter((name) => name === "-").length > 1)
    throw new UsageError("- is standard input, which can be read once only");
  return positionals;
}
