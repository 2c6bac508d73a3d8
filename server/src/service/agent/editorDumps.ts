import type { TextDocument } from "vscode-languageserver-textdocument";
import type { CancellationToken } from "../base/ports.ts";
import type { OpenText } from "../document/openText.ts";
import type { AnalysedTexts } from "../findings/analyses.ts";
import { canonicalUri } from "../locator/fileTree.ts";
import type { AgentDump } from "./agentDump.ts";
import { ToolError } from "./toolError.ts";
import type { AgentDumps } from "./tools.ts";
import type { WorkspaceDumps } from "./workspaceDumps.ts";

/** What one call of a tool may look at. */
export interface EditorCall {
  /** The dumps that the user has open. */
  readonly documents: readonly TextDocument[];
  /** What was read in one; undefined: the call is called off, or the document has changed. */
  textOf(document: TextDocument): Promise<OpenText | undefined>;
  readonly token: CancellationToken;
}

/** Dumps as the editor has them: those that are open as they stand there, saved or not, others from the workspace. */
export class EditorDumps implements AgentDumps {
  readonly #call: EditorCall;
  readonly #analyses: AnalysedTexts;
  readonly #files: WorkspaceDumps;

  constructor(call: EditorCall, analyses: AnalysedTexts, files: WorkspaceDumps) {
    this.#call = call;
    this.#analyses = analyses;
    this.#files = files;
  }

  async dumps(path: string): Promise<readonly AgentDump[]> {
    const open = this.#openAt([path, ...this.#files.addressesOf(path)]);
    if (open !== undefined) return this.#ofDocument(open, path);
    const uri = await this.#files.find(path);
    const document = this.#openAt([uri]);
    return document === undefined ? this.#files.read(uri, path, this.#call.token) : this.#ofDocument(document, path);
  }

  #openAt(addresses: readonly string[]): TextDocument | undefined {
    return this.#call.documents.find(({ uri }) => addresses.includes(uri) || addresses.includes(canonicalUri(uri)));
  }

  async #ofDocument(document: TextDocument, path: string): Promise<readonly AgentDump[]> {
    const text = await this.#call.textOf(document);
    const found = text && (await this.#analyses.of(text));
    if (text === undefined || found === undefined || text.token.isCancellationRequested)
      throw new ToolError(`${path} has just changed: call again.`);
    if (text.dumps.length === 0) throw new ToolError(`${path} holds no goroutine dump.`);
    return text.dumps.map(({ dump, groups }, index) => {
      return { path, index, dump, groups, findings: found[index]?.findings ?? [] };
    });
  }
}
