import type { Services } from "../../services.ts";
import { registerFindOtherEnd } from "./findOtherEnd.ts";
import { SourceDiagnostics } from "./sourceDiagnostics.ts";
import { registerSourceLens } from "./sourceLens.ts";
import { SourceMarks } from "./sourceMarks.ts";

/** The open dumps as the Go source shows them. */
export function registerAtSource(services: Services): void {
  const marks = new SourceMarks(services);
  services.context.subscriptions.push(marks, ...registerSourceLens(marks), new SourceDiagnostics(services));
  registerFindOtherEnd(services);
}
