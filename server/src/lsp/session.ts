import type { Connection, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { LanguageService } from "../service/languageService.ts";
import type { AnswerContext } from "./answer.ts";
import type { ClientInfo } from "./clientFeatures.ts";

/** One client's connection, and what its requests are answered with. */
export interface Session extends AnswerContext {
  readonly connection: Connection;
  readonly client: ClientInfo;
  readonly documents: TextDocuments<TextDocument>;
  readonly service: LanguageService;
}
