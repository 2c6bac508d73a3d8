import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Position } from "vscode-languageserver-types";
import type {
  FilterHelp,
  FindingAtParams,
  FindingAtResult,
  NodePathParams,
  NodePathResult,
  NodeTextParams,
  NodeTextResult,
  TreeResult,
} from "../../protocol/index.ts";
import type { CancellationToken } from "../base/ports.ts";
import type { TreeOptions } from "./trees.ts";

/** What the language service answers of the tree of goroutines. */
export interface TreeFeatures {
  /** The children of a node of the tree, or its top; page by page. */
  tree(
    document: TextDocument,
    parent: string | null,
    options: TreeOptions,
    token: CancellationToken,
  ): Promise<TreeResult>;
  nodePath(
    document: TextDocument,
    position: Position,
    target: NodePathParams["target"],
    options: TreeOptions,
    token: CancellationToken,
  ): Promise<NodePathResult>;
  nodeText(
    document: TextDocument,
    id: string,
    format: NodeTextParams["format"],
    options: TreeOptions,
    token: CancellationToken,
  ): Promise<NodeTextResult>;
  /** What a filter that is being typed means, and how it may go on. */
  filterHelp(document: TextDocument, filter: string, cursor: number, token: CancellationToken): Promise<FilterHelp>;
  /** The finding at a line, or the next or previous one in the text. */
  findingAt(
    document: TextDocument,
    position: Position,
    direction: FindingAtParams["direction"],
    options: TreeOptions,
    token: CancellationToken,
  ): Promise<FindingAtResult>;
}
