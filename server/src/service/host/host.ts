import type { LargeFiles } from "./largeFiles.ts";
import type { ParseDumps } from "./parseDumps.ts";
import type { LineStarts } from "../base/lineStarts.ts";
import type { Clock, EncodeUtf8, FileSystem, Logger, RunLong } from "../base/ports.ts";
import type { OpenHistory } from "../revision/builtSource.ts";
import type { Settings } from "./settings.ts";
import type { GoEnv, SourceFolder } from "../locator/locatorOptions.ts";

/** What the client can show. What it does not announce it cannot. */
export interface ClientFeatures {
  /** Formats of hovers, in order of preference; the first one known is used. */
  readonly hoverFormat: "markdown" | "plaintext";
  /** Folds the client takes at most. */
  readonly foldingLimit: number;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** Edits may be told by document (`documentChanges`), which may be a new file (`create`). */
  readonly editsDocuments: boolean;
  readonly createsFiles: boolean;
  /** Command of the client that saves a document, with its address as the argument; null when it has none. */
  readonly saveCommand: string | null;
  /** Command of the client that shows a place in its tree of goroutines; null when it has none. */
  readonly revealCommand: string | null;
  /** The same for a finding. */
  readonly findingCommand: string | null;
  /** Command of the client that brings its tree of goroutines to the front; null when it has none. */
  readonly viewCommand: string | null;
  /** Command of the client that shows the report of a document, with its address; null when it has none. */
  readonly reportCommand: string | null;
  /** Scheme of the addresses at which the client shows files of a revision; null when it shows none. */
  readonly revisionScheme: string | null;
  /** Address of a rule's page, with `{rule}` where its name goes. */
  readonly rulePage: string;
}

/** Where the pages of the rules are for a client that has none of its own. */
const RULE_PAGE = "https://github.com/goroutine-dump-navigator/goroutine-dump-navigator/blob/main/docs/rules/{rule}.md";

/** A client that announces nothing. */
export const PLAIN_CLIENT: ClientFeatures = {
  hoverFormat: "plaintext",
  foldingLimit: 5000,
  relatedInformation: false,
  codeDescription: false,
  editsDocuments: false,
  createsFiles: false,
  saveCommand: null,
  revealCommand: null,
  findingCommand: null,
  viewCommand: null,
  reportCommand: null,
  revisionScheme: null,
  rulePage: RULE_PAGE,
};

/** What the language service needs of its host. */
export interface LanguageServiceHost {
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly parse: ParseDumps;
  /** Absent: the core's own, which takes ten times as long as what platforms have. */
  readonly encode?: EncodeUtf8;
  /** Where those lines are known that were counted before a document was opened; absent: none are. */
  readonly lineStarts?: LineStarts;
  /** Reads files from disk in pieces; absent where there is none. */
  readonly largeFiles?: LargeFiles;
  /** Shows what takes long; absent: nobody sees it. */
  readonly runLong?: RunLong;
  readonly client: ClientFeatures;
  /** The settings for a document; the same object as long as they have not changed. */
  settings(uri: string): Promise<Settings>;
  /** The folders of the workspace as they are now. */
  folders(): readonly SourceFolder[];
  /** Whether the user trusts the workspace: only then is `go env` run. */
  readonly trusted: boolean;
  /** Runs `go env`; absent where there are no programs. */
  readonly goEnv?: () => Promise<GoEnv | undefined>;
  /** The value of `userHome` or `env:NAME` in a path mapping. */
  readonly variable?: (name: string) => string | undefined;
  /** Answers to ambiguous frames of earlier sessions: path in the dump to address. */
  readonly chosenSources: Readonly<Record<string, string>>;
  /** Revisions that the user has chosen in earlier sessions: address of a dump to the revision's name. */
  readonly chosenRevisions: Readonly<Record<string, string>>;
  /** Opens the history of the repository around a folder; absent where there is no git, or the workspace is not trusted. */
  readonly openHistory?: OpenHistory;
}
