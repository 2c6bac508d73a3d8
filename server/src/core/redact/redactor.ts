import { readCall, readCreatedBy, readElided, readLocation, readMore } from "../forms/traceback/frameLine.ts";
import { type Header, looksLikeHeader, readHeader } from "../forms/traceback/header.ts";
import { FIRST, readStackLine } from "../forms/goDeadlock/reportLine.ts";
import { readProfileLine } from "../forms/profileText/recordLine.ts";
import { type Dump, Flag, type Label, NO_WAIT } from "../model/dump.ts";
import { RecentTexts } from "../text/recentTexts.ts";
import { FileNames } from "./files.ts";
import { FreeText } from "./freeText.ts";
import { FunctionNames } from "./functions.ts";
import { IdNames } from "./ids.ts";
import { PointerNames } from "./pointers.ts";

/** Addresses, but not the offsets of calls (`+0x1d`), which are the program's and not the process's. */
const ADDRESS = /(?<![\w+])0x[0-9a-f]+/g;
const GOROUTINE = /\b([Gg]oroutine )(\d+)/g;
/** A line number behind a path. */
const LINE_NUMBER = /:\d+/g;
/** What may stand behind a function's name in a line. */
const BEHIND_NAME = "(),:;]";

/** What go-deadlock's finding asks of the source. */
const LOCKING = /\.R?Lock\(\)/;

/** What may be renamed on demand. */
export interface RedactOptions {
  /** Import paths whose packages are private, each with all below it. */
  readonly privatePaths: readonly string[];
}

/**
 * Renames what a dump gives away of the process and the machines: addresses, ids, paths, hosts, values of labels, and
 * packages that are said to be private. Equal things get equal names, so that the dump reads the same.
 */
export class Redactor {
  readonly #ids: IdNames;
  readonly #files: FileNames;
  readonly #functions: FunctionNames;
  readonly #pointers = new PointerNames();
  readonly #freeText = new FreeText();
  readonly #labels = new Map<string, string>();
  readonly #lines = new RecentTexts<string>();
  readonly #known: ReadonlySet<string>;
  readonly #labelKeys: ReadonlySet<string>;

  /** `dumps`: all that were read in the text. */
  constructor(dumps: readonly Dump[], { privatePaths }: RedactOptions) {
    this.#ids = new IdNames(dumps);
    this.#files = new FileNames(dumps);
    this.#functions = new FunctionNames(privatePaths);
    this.#known = new Set(dumps.flatMap(({ functions }) => functions));
    this.#labelKeys = new Set(dumps.flatMap(({ labelSets }) => labelSets.flatMap((set) => set.map(([key]) => key))));
  }

  /** A line of a dump, as a reader of its form took it. */
  line(text: string): string {
    return this.#lines.get(text) ?? this.#lines.keep(text, this.#line(text));
  }

  /** Whether a line is nothing but the name of a function, as gccgo prints calls. */
  isCall(text: string): boolean {
    return this.#known.has(text.trim());
  }

  /** A line of a log that says why the goroutine below it is printed, see {@link isLoggedPanic}. */
  loggedPanic(text: string): string {
    // Not at the line's start: there it would be the runtime's own.
    return `log: ${this.#other(text.slice(text.search(/\bpanic/)))}`;
  }

  /** The tables of a dump that has no text. */
  dump(dump: Dump): Dump {
    return {
      ...dump,
      functions: dump.functions.map((name) => this.#functions.rename(name)),
      files: dump.files.map((file) => this.#files.rename(file)),
      labelSets: dump.labelSets.map((set) => set.map((label) => this.#label(label))),
    };
  }

  #line(text: string): string {
    const header = looksLikeHeader(text) ? readHeader(text) : undefined;
    if (header !== undefined) return this.#header(header);
    return this.#profile(text) ?? this.#deadlock(text) ?? this.#traceback(text) ?? this.#other(text);
  }

  #traceback(text: string): string | undefined {
    const creator = readCreatedBy(text);
    if (creator !== undefined) {
      const by = creator.creator === null ? "" : ` in goroutine ${this.#ids.rename(creator.creator)}`;
      return `created by ${this.#functions.rename(creator.function)}${by}`;
    }
    const call = readCall(text);
    if (call !== undefined) return `${this.#functions.rename(call.function)}(${this.#addresses(call.args ?? "")})`;
    const place = readLocation(text, true);
    if (place !== undefined && place.file !== null && this.#files.isKnown(place.file)) {
      const tail = text.slice(text.indexOf(place.file) + place.file.length);
      const offset = /^(:\d+(?: \+0x[0-9a-f]+)?)/.exec(tail)?.[1] ?? `:${place.line}`;
      return `\t${this.#files.rename(place.file)}${offset}`;
    }
    return readElided(text) !== undefined || readMore(text) !== undefined ? text : undefined;
  }

  #header({ id, state, wait, flags, labels, bubble, extras }: Header): string {
    const items = [
      state,
      ...(wait === NO_WAIT ? [] : [`${wait} minutes`]),
      ...((flags & Flag.locked) === 0 ? [] : ["locked to thread"]),
      ...(bubble === null ? [] : [`synctest bubble ${bubble}`]),
      ...extras.map((extra) => this.#other(extra)),
    ];
    return `goroutine ${this.#ids.rename(id)} [${items.join(", ")}]${this.#labelList(labels, ": ", " ")}:`;
  }

  #profile(text: string): string | undefined {
    const line = readProfileLine(text);
    switch (line?.kind) {
      case "title":
        return text;
      case "record":
        return this.#addresses(text);
      case "state":
        return text;
      case "labels":
        return `# labels:${this.#labelList(line.labels, ":", " ")}`;
      case "frame": {
        if (line.place === null) return this.#addresses(text);
        const { function: name, file, line: number } = line.place;
        const place = file === null ? "" : `\t${this.#files.rename(file)}:${number}`;
        if (line.address === null)
          return this.#known.has(name) ? `#\t${this.#functions.rename(name)}${place}` : undefined;
        const offset = /\+0x[0-9a-f]+(?=\s)/.exec(text)?.[0] ?? "";
        return `#\t${this.#pointers.rename(line.address)}\t${this.#functions.rename(name)}${offset}${place}`;
      }
      case undefined:
        return undefined;
    }
  }

  /** A frame of go-deadlock has a line of the source: of that only how it locks is kept. */
  #deadlock(text: string): string | undefined {
    const frame = readStackLine(text.trimEnd());
    if (frame === undefined || !this.#known.has(frame.function)) return undefined;
    const lock = LOCKING.exec(frame.code ?? "")?.[0];
    const code = lock === undefined ? "???" : `{ x${lock} }`;
    const tail = text.trimEnd().endsWith(FIRST) ? FIRST : "";
    return `${this.#files.rename(frame.file)}:${frame.line} ${this.#functions.rename(frame.function)} ${code}${tail}`;
  }

  /** Lines of other forms, and of incidents: what is known of is renamed, the rest is masked. */
  #other(text: string): string {
    const label = this.#labelLine(text);
    if (label !== undefined) return label;
    let [renamed, unknown] = ["", ""];
    for (const word of this.#renameFiles(text).split(/(\s+)/)) {
      const name = nameIn(word);
      if (!this.#known.has(name)) {
        unknown += word;
        continue;
      }
      renamed += this.#masked(unknown) + this.#functions.rename(name) + word.slice(name.length);
      unknown = "";
    }
    return renamed + this.#masked(unknown);
  }

  /** `key: value`, `key:[value]`, as pprof prints labels; undefined: it is no such line. */
  #labelLine(text: string): string | undefined {
    const colon = text.indexOf(":");
    const key = text.slice(0, Math.max(0, colon)).trim();
    if (!this.#labelKeys.has(key)) return undefined;
    const [, value] = this.#label([key, text.slice(colon + 1).trim()]);
    return text.slice(0, text.indexOf(key)) + (text[colon + 1] === "[" ? `${key}:[${value}]` : `${key}:  ${value}`);
  }

  #masked(text: string): string {
    const named = text
      .replace(GOROUTINE, (_, name: string, id: string) => name + this.#ids.rename(Number(id)))
      .replace(ADDRESS, (address) => this.#pointers.rename(address));
    return this.#functions.rename(this.#freeText.mask(named));
  }

  /** Renames each known path that stands in front of a line number. */
  #renameFiles(text: string): string {
    let renamed = "";
    let from = 0;
    for (const { index } of text.matchAll(LINE_NUMBER)) {
      const file = this.#files.endingAt(text, index);
      if (file === "" || index - file.length < from) continue;
      renamed += text.slice(from, index - file.length) + this.#files.rename(file);
      from = index;
    }
    return renamed + text.slice(from);
  }

  #addresses(text: string): string {
    return text.replace(ADDRESS, (address) => this.#pointers.rename(address));
  }

  #labelList(labels: readonly Label[], colon: string, lead: string): string {
    if (labels.length === 0) return "";
    const list = labels.map((label) => {
      const [key, value] = this.#label(label);
      return `${JSON.stringify(key)}${colon}${JSON.stringify(value)}`;
    });
    return `${lead}{${list.join(", ")}}`;
  }

  #label([key, value]: Label): Label {
    if (value === "") return [key, value];
    let name = this.#labels.get(value);
    if (name === undefined) {
      name = `value-${this.#labels.size + 1}`;
      this.#labels.set(value, name);
    }
    return [key, name];
  }
}

/** A word without what may stand behind a function's name. */
function nameIn(word: string): string {
  let end = word.length;
  while (end > 0 && BEHIND_NAME.includes(word[end - 1]!)) end--;
  return word.slice(0, end);
}
