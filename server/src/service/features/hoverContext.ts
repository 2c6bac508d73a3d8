import type { TextFindings } from "../findings/analyses.ts";
import type { LanguageServiceHost } from "../host/host.ts";
import type { Sources } from "../document/sources.ts";

/** What the hover needs besides the document. */
export interface HoverContext {
  readonly host: LanguageServiceHost;
  readonly sources: Sources;
  readonly findings: TextFindings;
}
