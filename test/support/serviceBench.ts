import { TextDocument } from "vscode-languageserver-textdocument";
import { type ClientFeatures, PLAIN_CLIENT } from "../../server/src/service/host/host.ts";
import { createLanguageService, type LanguageService } from "../../server/src/service/languageService.ts";
import { parseInTurns } from "../../server/src/service/host/parseDumps.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../server/src/service/host/settings.ts";
import { MemoryFileSystem } from "./memoryFileSystem.ts";
import { dumpUri, stillClock } from "./openText.ts";

/** A language service over files in memory, and what it logged. */
export interface ServiceBench {
  readonly service: LanguageService;
  readonly files: MemoryFileSystem;
  readonly warnings: readonly string[];
}

/** What a test says of its host; the rest is plain. */
export interface ServiceOptions {
  readonly client?: Partial<ClientFeatures>;
  readonly settings?: Partial<Settings>;
  /** Path to text, below the workspace folder `/ws` or elsewhere. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A service whose workspace is the folder `/ws`. */
export function serviceBench({ client, settings, files = {} }: ServiceOptions = {}): ServiceBench {
  const fileSystem = new MemoryFileSystem(files);
  const warnings: string[] = [];
  const all: Settings = { ...DEFAULT_SETTINGS, ...settings };
  const service = createLanguageService({
    fileSystem,
    logger: { error: () => {}, warn: (message) => warnings.push(message), info: () => {}, debug: () => {} },
    clock: stillClock,
    parse: parseInTurns(stillClock),
    client: { ...PLAIN_CLIENT, ...client },
    settings: () => Promise.resolve(all),
    folders: () => [{ uri: "file:///ws", name: "ws" }],
    trusted: false,
    chosenSources: {},
    chosenRevisions: {},
  });
  return { service, files: fileSystem, warnings };
}

/** A document as a client has it open. */
export function dumpDocument(text: string, version = 1): TextDocument {
  return TextDocument.create(dumpUri, "goroutine-dump", version, text);
}
