import {
  type CancellationToken,
  ErrorCodes,
  ExecuteCommandRequest,
  type ExecuteCommandParams,
  ResponseError,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { say } from "../core/text/say.ts";
import type { DumpReportPage } from "../protocol/index.ts";
import { words } from "../service/base/words.ts";
import type { LanguageService } from "../service/languageService.ts";
import { groupList } from "../service/report/page/groupList.ts";
import { reportData } from "../service/report/page/reportData.ts";
import { answering } from "./answer.ts";
import type { Platform } from "./platform.ts";
import type { Session } from "./session.ts";

/** What a command is about. */
interface Call {
  readonly service: LanguageService;
  readonly document: TextDocument;
  /** As in the Goroutines view; empty: all goroutines. */
  readonly filter: string;
  readonly token: CancellationToken;
}

type Command = (call: Call) => Promise<string | null>;

/**
 * Commands for editors without views of their own, by name. Each takes the address of an open document, and a filter where it
 * heeds one, and answers a text.
 */
export function commandsOf({ reportPage }: Platform): ReadonlyMap<string, Command> {
  const commands = new Map<string, Command>([
    ["goroutineDump.groupList", async (call) => (await pagesOf(call)).map(groupList).join("\n")],
    ["goroutineDump.condensedText", condensedText],
  ]);
  if (reportPage !== undefined) {
    commands.set("goroutineDump.htmlReport", async (call) => reportPage(reportData(await pagesOf(call), null)));
  }
  return commands;
}

/** What it answers is a dump: read again, a part of one would be taken for all goroutines that there were. */
async function condensedText({ service, document, filter, token }: Call): Promise<string | null> {
  if (filter.trim() !== "") {
    throw new ResponseError(
      ErrorCodes.InvalidParams,
      words(say`The condensed text is of all goroutines: it takes no filter.`),
    );
  }
  const text = await service.condensedText(document, token);
  return text === "" ? withoutDump() : text;
}

function withoutDump(): never {
  throw new ResponseError(ErrorCodes.InvalidParams, words(say`This document holds no goroutines.`));
}

/** Answers `workspace/executeCommand`. */
export function registerCommands(session: Session, platform: Platform): void {
  const { connection, documents, service } = session;
  const commands = commandsOf(platform);
  const execute = async ({ command, arguments: given = [] }: ExecuteCommandParams, token: CancellationToken) => {
    const run = commands.get(command);
    if (run === undefined) throw new ResponseError(ErrorCodes.InvalidParams, words(say`There is no such command.`));
    const [uri, filter] = given as readonly unknown[];
    const document = typeof uri === "string" ? await documents.find(uri) : undefined;
    if (document === undefined) throw new ResponseError(ErrorCodes.InvalidParams, words(say`The dump is not open.`));
    return run({ service, document, filter: typeof filter === "string" ? filter : "", token });
  };
  const { method } = ExecuteCommandRequest.type;
  connection.onExecuteCommand(answering<ExecuteCommandParams, string | null>(method, null, session, execute));
}

/** What the report says of each dump of a document. */
async function pagesOf({ service, document, filter, token }: Call): Promise<readonly DumpReportPage[]> {
  const pages: DumpReportPage[] = [];
  for (let index = 0; index < (pages[0]?.dumps ?? 1); index++) {
    const page = await service.report(document, index, filter, token);
    if (page === null) break;
    if (page.filterError !== null) throw new ResponseError(ErrorCodes.InvalidParams, page.filterError);
    pages.push(page);
  }
  return pages.length > 0 || token.isCancellationRequested ? pages : withoutDump();
}
