/** What is known of when a dump was taken. */
export interface Timed {
  /** `Dump.time`. */
  readonly time: string | null;
  /** Name of the file it is from. */
  readonly file: string;
}

/** A time within a file's name: `dump-20261121-032714.txt`, `goroutine.2026-11-21T03_27_14Z.txt`. */
const IN_NAME = /(\d{4})-?(\d\d)-?(\d\d)[T_. -]?(\d\d)[-:_.h]?(\d\d)[-:_.m]?(\d\d)(Z)?/;
/** Seconds since the epoch in a name, 2001 to 2286. */
const EPOCH_IN_NAME = /(?:^|\D)(1\d{9})(?:\d{3})?(?:\D|$)/;

/** When a dump was taken, in milliseconds since the epoch: as its text says, else as its file's name says; or null. */
export function timeOf({ time, file }: Timed): number | null {
  const said = time === null ? Number.NaN : Date.parse(time);
  if (!Number.isNaN(said)) return said;
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  const parts = IN_NAME.exec(name);
  if (parts !== null) {
    const [, year, month, day, hour, minute, second, zone = ""] = parts;
    const named = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
    if (!Number.isNaN(named)) return named;
  }
  const epoch = EPOCH_IN_NAME.exec(name);
  return epoch === null ? null : Number(epoch[1]) * 1000;
}

/** The entries in time order when all times are known; else as they are given. */
export function inTimeOrder<T extends { readonly time: number | null }>(entries: readonly T[]): readonly T[] {
  if (entries.some(({ time }) => time === null)) return entries;
  return [...entries].sort((left, right) => (left.time ?? 0) - (right.time ?? 0));
}
