import { Uri } from "vscode";
import { CONDENSED_SCHEME } from "../../../server/src/protocol/index.ts";

/** The file that a document shows: its own, or the one of a condensed view. A single goroutine's text stands for itself. */
export function fileBehind(document: Uri): Uri {
  return document.scheme === CONDENSED_SCHEME && document.fragment === "" ? Uri.parse(document.query) : document;
}
