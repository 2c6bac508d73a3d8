import { EndOfLine, type TextDocument } from "vscode";
import type { BaseLanguageClient, Middleware } from "vscode-languageclient";
import { type OpenFileParams, type OpenFileResult, READS_FILES, Requests } from "../../server/src/protocol/index.ts";
import { checkOf, type EditedText, isLeftToServer } from "./model/serverRead.ts";

/**
 * Leaves large documents to a server that sees their files: it reads the text itself, and is sent it only when it says
 * that the file holds another one. Edits, saves and the closing are then told as for every document.
 *
 * @param client - Gives the client whose middleware this is.
 */
export function largeDocuments(client: () => BaseLanguageClient): Pick<Middleware, "didOpen" | "didClose"> {
  /** The announcement of each document that the server has not answered yet. */
  const announced = new Map<string, symbol>();
  return {
    didOpen: async (document, next) => {
      const text = editedText(document);
      if (!readsFiles(client()) || !isLeftToServer(text)) {
        return next(document);
      }
      const own = Symbol("announcement");
      const uri = document.uri.toString();
      announced.set(uri, own);
      const isOpen = await openFile(client(), document, text);
      if (announced.get(uri) !== own) {
        // It was closed meanwhile, and perhaps opened again.
        return;
      }
      announced.delete(uri);
      if (isOpen) {
        pullDiagnostics(client(), document);
      } else {
        // With its present text: changes that were told since have met no document.
        await next(document);
      }
    },
    didClose: (document, next) => {
      announced.delete(document.uri.toString());
      return next(document);
    },
  };
}

function readsFiles(client: BaseLanguageClient): boolean {
  const experimental: unknown = client.initializeResult?.capabilities.experimental;
  return typeof experimental === "object" && experimental !== null && READS_FILES in experimental;
}

async function openFile(client: BaseLanguageClient, document: TextDocument, text: EditedText): Promise<boolean> {
  const { languageId, version } = document;
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const params: OpenFileParams = { uri, languageId, version, text: checkOf(text) };
  const { isOpen } = await client.sendRequest<OpenFileResult>(Requests.openFile, params);
  return isOpen;
}

/** The language client asks for diagnostics when it has sent `didOpen`, which it has not here. */
function pullDiagnostics(client: BaseLanguageClient, document: TextDocument): void {
  const provider = client.getFeature("textDocument/diagnostic").getProvider(document);
  provider?.onDidChangeDiagnosticsEmitter.fire();
}

function editedText(document: TextDocument): EditedText {
  const { lineCount } = document;
  return {
    scheme: document.uri.scheme,
    isDirty: document.isDirty,
    length: document.offsetAt(document.lineAt(lineCount - 1).range.end),
    lineCount,
    lineEnd: document.eol === EndOfLine.CRLF ? "\r\n" : "\n",
    offsetOfLine: (line) => document.offsetAt(document.lineAt(line).range.start),
    textOfLine: (line) => document.lineAt(line).text,
  };
}
