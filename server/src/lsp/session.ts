import type { Connection } from "vscode-languageserver";
import type { LanguageService } from "../service/languageService.ts";
import type { AnswerContext } from "./answer.ts";
import type { ClientInfo } from "./clientFeatures.ts";
import type { LongTasks } from "./longTasks.ts";
import type { OpenDocuments } from "./openDocuments.ts";

/** One client's connection, and what its requests are answered with. */
export interface Session extends AnswerContext {
  readonly connection: Connection;
  readonly client: ClientInfo;
  readonly documents: OpenDocuments;
  readonly service: LanguageService;
  readonly tasks: LongTasks;
  /** To be called when something large was closed. */
  readonly releaseMemory: () => void;
  /** Works out anew what rests on more than the documents. */
  readonly refresh: () => void;
}
