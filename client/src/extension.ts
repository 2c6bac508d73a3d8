import { type ExtensionContext, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { GoroutineDumpExtension } from "./api.ts";
import { ActiveDump } from "./activeDump.ts";
import { dumpServer } from "./dumpServer.ts";
import { registerAssistants } from "./features/assistants/register.ts";
import { registerAtSource } from "./features/atSource/register.ts";
import { registerCapture } from "./features/capture/register.ts";
import { registerChanges } from "./features/changes/register.ts";
import { registerCondensedView } from "./features/condensedView.ts";
import { registerCopy } from "./features/copy.ts";
import { extensionApi } from "./features/extensionApi.ts";
import { registerGoroutinesView } from "./features/goroutinesView/register.ts";
import { registerLanguageOffer } from "./features/languageOffer.ts";
import { registerNavigation } from "./features/navigation.ts";
import { registerOpenDump } from "./features/openDump.ts";
import { registerOpenSource } from "./features/openSource.ts";
import { registerSourceVersion } from "./features/getSource.ts";
import { registerPathMapping } from "./features/pathMapping.ts";
import { registerQuickFixes } from "./features/quickFixes.ts";
import { registerRedaction } from "./features/report/redact.ts";
import { registerReport } from "./features/report/register.ts";
import { registerRevision } from "./features/revision/register.ts";
import { registerRulePages } from "./features/rulePages.ts";
import { registerSampleDump } from "./features/sampleDump.ts";
import { registerStatus } from "./features/status.ts";
import { registerTerminalLinks } from "./features/terminal/terminalLinks.ts";
import { registerTerminalSelection } from "./features/terminal/terminalSelection.ts";
import { answerFileRequests } from "./fileRequests.ts";
import { clientOptions, type CreateClient } from "./languageClient.ts";
import { largeDocuments } from "./largeDocuments.ts";
import { answerChunkRequests, LentFiles } from "./lentFiles.ts";
import type { Services } from "./services.ts";
import { forUser } from "./util/failures.ts";

/**
 * Registers every feature, and starts the server when there is a dump: the same on the desktop and in the browser. Gives
 * what other extensions get.
 */
export function activateExtension(context: ExtensionContext, createClient: CreateClient): GoroutineDumpExtension {
  const log = window.createOutputChannel("Goroutine Dump", { log: true });
  const client = createClient({ ...clientOptions(context, log), middleware: largeDocuments(() => client) });
  const server = dumpServer(client);
  const activeDump = new ActiveDump();
  const lentFiles = new LentFiles();
  context.subscriptions.push(log, client, server, activeDump);
  for (const answering of [...answerFileRequests(client), answerChunkRequests(client, lentFiles)]) {
    context.subscriptions.push(answering);
  }

  const services: Services = { context, log, server, activeDump, lentFiles };
  const view = registerGoroutinesView(services);
  registerOpenSource(services);
  registerSourceVersion(services);
  registerPathMapping(services);
  registerOpenDump(services);
  registerSampleDump(services);
  registerRulePages(services);
  registerCondensedView(services);
  registerNavigation(services);
  registerCopy(services, view);
  registerStatus(services);
  registerAtSource(services);
  registerRevision(services);
  registerQuickFixes(services);
  registerLanguageOffer(services);
  const changes = registerChanges(services);
  registerCapture(services, changes);
  registerReport(services, changes.comparison);
  registerRedaction(services, view);
  registerAssistants(services);
  registerTerminalLinks(services);
  registerTerminalSelection(services);

  startWithFirstDump(services, client);
  return extensionApi(services);
}

/** Plain text activates the extension too, for the offer of the language; only a dump needs the server. */
function startWithFirstDump({ context, log, activeDump }: Services, client: BaseLanguageClient): void {
  const start = (): void => {
    if (activeDump.uri !== undefined && client.needsStart()) {
      void forUser(log, () => client.start());
    }
  };
  // The server learns when it starts that it is trusted.
  const restart = (): void => {
    if (client.isRunning()) {
      void forUser(log, () => client.stop().then(() => client.start()));
    }
  };
  context.subscriptions.push(activeDump.onDidChange(start), workspace.onDidGrantWorkspaceTrust(restart));
  start();
}
