import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { devNull, homedir } from "node:os";
import { programOf } from "../program.ts";

/** A command that answers later than this is given up: what it reads is on a disk. */
const TIMEOUT_MS = 20_000;
/** The list of 200,000 files. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * A repository is a stranger's until its files are read: its configuration may name programs to run, for hooks, for
 * watching files, for fetching what a partial clone lacks. None of what is asked here needs one, and none is run.
 */
const SAFE_OPTIONS = [
  "--no-pager",
  "--no-optional-locks",
  "--no-replace-objects",
  "--literal-pathspecs",
  ...["core.fsmonitor=", `core.hooksPath=${devNull}`, "protocol.allow=never"].flatMap((option) => ["-c", option]),
];

/** The environment without what redirects git (`GIT_DIR`, `GIT_CONFIG_…`), and with what keeps it from fetching. */
function safeEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^git_/i.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}

/** The git of this machine, asked about the repository whose top folder is `root`. */
export class GitCommand {
  readonly #program: string;
  readonly #root: string;

  private constructor(program: string, root: string) {
    this.#program = program;
    this.#root = root;
  }

  /** Undefined: git is not installed. */
  static at(root: string): GitCommand | undefined {
    const program = programOf("git", process.env);
    return program === undefined ? undefined : new GitCommand(program, root);
  }

  /** What a command prints; undefined when it fails, is too slow or prints too much. */
  run(args: readonly string[]): Promise<string | undefined> {
    const options = { ...this.#options, timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES };
    return new Promise((resolve) => {
      execFile(this.#program, this.#all(args), options, (error, stdout) => resolve(error ? undefined : stdout));
    });
  }

  /** Starts a command that answers what is written to it. */
  start(args: readonly string[]): ChildProcessWithoutNullStreams {
    return spawn(this.#program, this.#all(args), this.#options);
  }

  #all(args: readonly string[]): string[] {
    return ["-C", this.#root, ...SAFE_OPTIONS, ...args];
  }

  /** Not in the repository: a PATH may name folders relative to where a command is run. */
  get #options() {
    return { cwd: homedir(), env: safeEnvironment(), windowsHide: true, shell: false } as const;
  }
}
