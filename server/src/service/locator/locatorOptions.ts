import type { FileSystem, Logger } from "../base/ports.ts";

/** A folder of the workspace. */
export interface SourceFolder {
  readonly uri: string;
  /** As `${workspaceFolder:name}` names it. */
  readonly name: string;
}

/** One entry of `goroutineDump.sourceMap`: files below `from` in the dump are below `to` here. */
export interface PathMapping {
  readonly from: string;
  /** A path, or a URI; may hold `${workspaceFolder}`, `${workspaceFolder:name}`, `${userHome}`, `${env:NAME}`. */
  readonly to: string;
}

/** What the user has set. Absent folders are asked of `go env`, when there is one. */
export interface LocatorSettings {
  /** In order of preference. */
  readonly sourceMap: readonly PathMapping[];
  readonly goroot?: string;
  readonly goModCache?: string;
  readonly gopath?: string;
  /** Whether the workspace is trusted: only then is `go env` run and a folder beside the workspace used. */
  readonly trusted: boolean;
}

/** What `go env -json GOROOT GOMODCACHE GOPATH` says; absent: not set. */
export interface GoEnv {
  readonly GOROOT?: string;
  readonly GOMODCACHE?: string;
  readonly GOPATH?: string;
}

/** What a source locator needs of its host. */
export interface LocatorOptions {
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
  readonly folders: readonly SourceFolder[];
  readonly settings: LocatorSettings;
  /** Runs `go env`; undefined when Go is not installed. Asked at most once, and only in a trusted workspace. */
  readonly goEnv?: () => Promise<GoEnv | undefined>;
  /** The value of `userHome` or `env:NAME` in a mapping; undefined when it has none. */
  readonly variable?: (name: string) => string | undefined;
  /** Choices of earlier sessions, see `SourceLocator.choices`. */
  readonly choices?: Readonly<Record<string, string>>;
}
