import type { ExtensionContext, LogOutputChannel } from "vscode";
import type { ActiveDump } from "./activeDump.ts";
import type { DumpServer } from "./dumpServer.ts";
import type { LentFiles } from "./lentFiles.ts";

/** What every feature gets. What a feature makes it adds to `context.subscriptions`. */
export interface Services {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly server: DumpServer;
  readonly activeDump: ActiveDump;
  readonly lentFiles: LentFiles;
}
