import type { Services } from "../../services.ts";
import { registerRevisionDocuments } from "./revisionDocuments.ts";
import { registerRevisionStatus } from "./revisionStatus.ts";
import { registerSameLine } from "./sameLine.ts";

/** The source as it was built: files of the revision that a dump is of. */
export function registerRevision(services: Services): void {
  registerRevisionDocuments(services);
  registerSameLine(services);
  registerRevisionStatus(services);
}
