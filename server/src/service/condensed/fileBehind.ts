import { URI } from "vscode-uri";
import { CONDENSED_SCHEME } from "../../protocol/index.ts";

/** The address of the file that a document shows: its own, or the one of a condensed view. */
export function fileBehind(documentUri: string): string {
  if (!documentUri.startsWith(`${CONDENSED_SCHEME}:`)) return documentUri;
  const { query, fragment } = URI.parse(documentUri);
  return fragment === "" ? query : documentUri;
}
