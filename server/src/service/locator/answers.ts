import type { LocateContext, Located, SourceFrame } from "./located.ts";

/** Answers kept: more than the distinct frames of any dump seen. */
const MAX_ANSWERS = 20_000;

/** What is known of the frames of one file, as one dump writes it. */
interface OfFile {
  /** By function and line. */
  readonly frames: Map<string, Located>;
  /** By package: no file at all comes into question for what the file has of it. */
  readonly nowhere: Map<string, Located>;
}

/** Where frames were found. A dump has thousands of frames in some hundred files: a file's are kept together. */
export class Answers {
  readonly #dumps = new Map<string, Map<string, OfFile>>();
  #size = 0;

  /** `owner`: the frame's package. */
  get(frame: SourceFrame, owner: string, context: LocateContext): Located | undefined {
    const known = this.#dumps.get(dumpKey(context))?.get(frame.file);
    return known?.frames.get(frameKey(frame)) ?? known?.nowhere.get(owner);
  }

  /** Keeps an answer for one frame. */
  keep(frame: SourceFrame, context: LocateContext, answer: Located): void {
    this.#ofFile(frame, context).frames.set(frameKey(frame), answer);
  }

  /** Keeps an answer for all frames of the file that are of one package. */
  keepNowhere(frame: SourceFrame, owner: string, context: LocateContext, answer: Located): void {
    this.#ofFile(frame, context).nowhere.set(owner, answer);
  }

  clear(): void {
    this.#dumps.clear();
    this.#size = 0;
  }

  #ofFile({ file }: SourceFrame, context: LocateContext): OfFile {
    if (this.#size >= MAX_ANSWERS) this.clear();
    this.#size++;
    const key = dumpKey(context);
    let files = this.#dumps.get(key);
    if (files === undefined) this.#dumps.set(key, (files = new Map()));
    let known = files.get(file);
    if (known === undefined) files.set(file, (known = { frames: new Map(), nowhere: new Map() }));
    return known;
  }
}

/** What is learnt of one dump is not true of another one. */
function dumpKey({ dumpUri, goVersion }: LocateContext): string {
  return `${dumpUri}\n${goVersion}`;
}

function frameKey({ function: name, line }: SourceFrame): string {
  return `${name}\n${line}`;
}
