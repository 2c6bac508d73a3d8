import type { Services } from "../../services.ts";
import { registerFindOtherEnd } from "./findOtherEnd.ts";
import { SourceDiagnostics } from "./sourceDiagnostics.ts";
import { registerSourceLens } from "./sourceLens.ts";
import { SourceMarks } from "./sourceMarks.ts";

/** The open dumps as the Go source shows them. */
export function registerAtSource(services: Services): void {
  const marks = new SourceMarks(services);
  for (const part of [marks, ...registerSourceLens(marks), new SourceDiagnostics(services)]) {
    services.context.subscriptions.push(part);
  }
  registerFindOtherEnd(services);
}
