/** What the file system says of one entry. */
export interface FileStat {
  readonly kind: "file" | "directory" | "other";
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly mtime: number;
}

/** Files as the host can reach them. All paths are URIs as strings; an absent entry is undefined, never an exception. */
export interface FileSystem {
  /** What stands at the address, links followed. */
  stat(uri: string): Promise<FileStat | undefined>;
  /** The whole file; undefined when it is absent, is no file or is larger than `maxBytes`. */
  readFile(uri: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** The entries of a folder, links not followed (a link is "other"); empty when there is no such folder. */
  readDirectory(uri: string): Promise<readonly (readonly [name: string, kind: FileStat["kind"]])[]>;
  /** The address without links on the way; undefined when it is absent, or nobody can tell. */
  realPath(uri: string): Promise<string | undefined>;
}

/** Where the server tells what it does; nothing written here may hold a secret. */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

/** Time, as the host gives it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Lets other requests run; resolves on the next turn of the host's loop. */
  yieldTurn(): Promise<void>;
}

/** A text in UTF-8, a lone surrogate as U+FFFD. It may be written into `room`, which has room for ASCII at least. */
export type EncodeUtf8 = (text: string, room?: Uint8Array) => Uint8Array;

/** Tells a long task that nobody waits for its answer any more. */
export interface CancellationToken {
  readonly isCancellationRequested: boolean;
}

/** For a task that is always wanted. */
export const NEVER_CANCELLED: CancellationToken = { isCancellationRequested: false };

/** Something that may take long, as the user sees it. */
export interface LongTask {
  /** What is done: `Reading app.dump`. */
  readonly title: string;
  /** The user does not want it any more. */
  readonly stop: () => void;
}

/** Says how much of a task is done. */
export type ReportProgress = (done: number, total: number) => void;

/** Runs a task; when it takes long the user sees that, and can stop it. */
export type RunLong = <T>(task: LongTask, work: (progress: ReportProgress) => Promise<T>) => Promise<T>;

/** Runs a task that nobody sees. */
export const runUnseen: RunLong = (_, work) => work(() => {});
