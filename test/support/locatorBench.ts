import { URI } from "vscode-uri";
import type { LocateContext, Located, SourceFrame } from "../../server/src/service/locator/located.ts";
import type { GoEnv, LocatorSettings } from "../../server/src/service/locator/locatorOptions.ts";
import { createSourceLocator, type SourceLocator } from "../../server/src/service/locator/sourceLocator.ts";
import { MemoryFileSystem, neverCancelled, silentLogger } from "./memoryFileSystem.ts";

/** What a test of the locator sets up; everything has a default. */
export interface BenchOptions {
  /** Path or address to text. */
  readonly files: Readonly<Record<string, string>>;
  /** Paths or addresses of the workspace folders; `/ws` when absent. */
  readonly folders?: readonly string[];
  readonly settings?: Partial<LocatorSettings>;
  readonly goEnv?: () => Promise<GoEnv | undefined>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly choices?: Readonly<Record<string, string>>;
}

/** A locator over files in memory, with answers short enough to compare. */
export class LocatorBench {
  readonly files: MemoryFileSystem;
  readonly locator: SourceLocator;
  readonly warnings: string[] = [];

  constructor(options: BenchOptions) {
    this.files = new MemoryFileSystem(options.files);
    const folders = (options.folders ?? ["/ws"]).map((path) => ({
      uri: uriOf(path),
      name: path.split("/").at(-1) ?? "",
    }));
    this.locator = createSourceLocator({
      fileSystem: this.files,
      logger: { ...silentLogger, warn: (message) => this.warnings.push(message) },
      folders,
      settings: { sourceMap: [], trusted: false, ...options.settings },
      ...(options.goEnv ? { goEnv: options.goEnv } : {}),
      variable: (name) => options.variables?.[name],
      ...(options.choices ? { choices: options.choices } : {}),
    });
  }

  /** The answer for `function file:line`, all of it. */
  locate(frame: string, context: Partial<LocateContext> = {}): Promise<Located> {
    return this.locator.locate(frameOf(frame), { goVersion: null, ...context }, neverCancelled);
  }

  /** The path found with its 1-based line and the proof, or the kind of the answer. */
  async find(frame: string, context: Partial<LocateContext> = {}): Promise<string> {
    const answer = await this.locate(frame, context);
    if (answer.kind === "found") return `${pathOf(answer.uri)}:${answer.line + 1} ${answer.proof}`;
    if (answer.kind === "ambiguous")
      return `ambiguous ${answer.candidates
        .map(({ uri }) => pathOf(uri))
        .sort()
        .join(" ")}`;
    return answer.kind;
  }
}

/** A frame written as `function file:line`; the function has no blank. */
export function frameOf(text: string): SourceFrame {
  const blank = text.indexOf(" ");
  const colon = text.lastIndexOf(":");
  return { function: text.slice(0, blank), file: text.slice(blank + 1, colon), line: Number(text.slice(colon + 1)) };
}

/** Go source with a function of that name on lines 3 to 9. */
export function goFile(packageName: string, ...functions: readonly string[]): string {
  const bodies = functions.map((head) => `func ${head} {\n${"\twork()\n".repeat(5)}}\n`);
  return `package ${packageName}\n\n${bodies.join("\n")}`;
}

function uriOf(path: string): string {
  return /^[a-z][\w+.-]*:\/\//i.test(path) ? path : URI.file(path).toString();
}

function pathOf(uri: string): string {
  const { scheme, authority, path } = URI.parse(uri);
  return scheme === "file" ? path : `${scheme}://${authority}${path}`;
}
