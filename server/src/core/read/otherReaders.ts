import { DelveReader } from "../forms/debuggers/delveReader.ts";
import { GdbReader } from "../forms/debuggers/gdbReader.ts";
import type { FormReader, ReadContext } from "../forms/formReader.ts";
import { GoDeadlockReader } from "../forms/goDeadlock/goDeadlockReader.ts";
import { GoleakReader } from "../forms/goleak/goleakReader.ts";
import { PprofTextReader } from "../forms/pprofText/pprofTextReader.ts";
import { ProfileTextReader } from "../forms/profileText/profileTextReader.ts";
import { RaceReader } from "../forms/race/raceReader.ts";

/** The readers of all forms but the traceback, in the order in which they are offered a line. */
export function otherReaders(context: ReadContext): readonly FormReader[] {
  return [
    new ProfileTextReader(context),
    new RaceReader(context),
    new GoDeadlockReader(context),
    new PprofTextReader(context),
    new GoleakReader(context),
    new DelveReader(context),
    new GdbReader(context),
  ];
}
