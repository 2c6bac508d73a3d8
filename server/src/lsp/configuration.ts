import { type Connection, DidChangeConfigurationNotification } from "vscode-languageserver";
import type { Logger } from "../service/base/ports.ts";
import { readSettings, type Settings } from "../service/host/settings.ts";
import type { ClientInfo } from "./clientFeatures.ts";

/** Section of the client's settings that is ours. */
const SECTION = "goroutineDump";

/**
 * The settings of each document. They are asked of the client where it answers (`workspace/configuration`); else they are
 * what `workspace/didChangeConfiguration` brought last, else what `initialize` brought.
 */
export class Configuration {
  readonly #connection: Connection;
  readonly #client: ClientInfo;
  readonly #logger: Logger;
  /** What a client that is not asked has sent. */
  #sent: unknown;
  readonly #settings = new Map<string, Promise<Settings>>();
  /** The sections as they were read, so that equal ones stay one object. */
  readonly #read = new Map<string, Settings>();

  constructor(connection: Connection, client: ClientInfo, logger: Logger) {
    this.#connection = connection;
    this.#client = client;
    this.#logger = logger;
    this.#sent = client.options.settings;
  }

  /** Asks to be told of changes, and calls back when there was one. */
  listen(onChange: () => void): void {
    this.#connection.onDidChangeConfiguration(({ settings }: { settings?: unknown }) => {
      this.#sent = sectionOf(settings) ?? this.#sent;
      this.#settings.clear();
      this.#read.clear();
      onChange();
    });
  }

  /** To be called when the client is initialized. */
  async register(): Promise<void> {
    if (!this.#client.registerConfiguration) return;
    await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  }

  /** The settings for a document: the same object until they change. */
  of(uri: string): Promise<Settings> {
    const known = this.#settings.get(uri);
    if (known !== undefined) return known;
    const settings = this.#fetch(uri);
    this.#settings.set(uri, settings);
    return settings;
  }

  /** Forgets a document. */
  close(uri: string): void {
    this.#settings.delete(uri);
  }

  async #fetch(uri: string): Promise<Settings> {
    const section = this.#client.configuration ? await this.#ask(uri) : this.#sent;
    const key = JSON.stringify(section) ?? "";
    let settings = this.#read.get(key);
    if (settings === undefined) {
      const read = readSettings(section);
      for (const complaint of read.complaints) this.#logger.warn(complaint);
      settings = read.settings;
      this.#read.set(key, settings);
    }
    return settings;
  }

  async #ask(uri: string): Promise<unknown> {
    try {
      return await this.#connection.workspace.getConfiguration({ scopeUri: uri, section: SECTION });
    } catch (error) {
      this.#logger.warn(`The settings could not be read, defaults are used: ${String(error)}`);
      return undefined;
    }
  }
}

/** A client sends all settings, or our section alone. */
function sectionOf(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null) return undefined;
  return SECTION in settings ? (settings as Record<string, unknown>)[SECTION] : settings;
}
