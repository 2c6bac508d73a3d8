import { EventEmitter, Uri } from "vscode";
import type { GoroutineDumpApi, GoroutineDumpExtension } from "../api.ts";
import { apiDump } from "../model/apiDump.ts";
import type { Services } from "../services.ts";
import { showDumpText } from "./openDump.ts";

/** What other extensions get from this one: see `docs/extension-api.md`. */
export function extensionApi({ context, server }: Services): GoroutineDumpExtension {
  const changed = new EventEmitter<Uri>();
  context.subscriptions.push(
    changed,
    server.onDidChangeDump((uri) => changed.fire(Uri.parse(uri))),
  );
  const api: GoroutineDumpApi = {
    version: 1,
    openText: showDumpText,
    getDump: async (uri, { index = 0, filter = "" } = {}, token) => {
      const page = await server.request("report", { uri: uri.toString(), index, filter }, token);
      if (page === null) return undefined;
      if (page.filterError !== null) throw new SyntaxError(page.filterError);
      return apiDump(page);
    },
    onDidChangeDump: changed.event,
  };
  return {
    getApi: (version) => {
      // Another extension may be newer, or plain JavaScript.
      if (version === 1) return api;
      throw new RangeError(`Goroutine Dump Navigator has no API of version ${String(version)}.`);
    },
  };
}
