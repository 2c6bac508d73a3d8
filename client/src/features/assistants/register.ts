import { l10n } from "vscode";
import { assistantTools, toolId } from "../../ids.ts";
import type { Services } from "../../services.ts";
import { toolApi } from "./toolApi.ts";

/** Offers the tools of `goroutine-dump mcp` to the editor's models; the language server answers. Nothing in old editors. */
export function registerAssistants({ context, server }: Pick<Services, "context" | "server">, editor?: object): void {
  const api = toolApi(editor);
  if (api === undefined) {
    return;
  }
  for (const name of assistantTools) {
    const tool = api.registerTool(toolId(name), {
      prepareInvocation: () => ({ invocationMessage: l10n.t("Looking at goroutines") }),
      async invoke({ input }, token) {
        const { isError, text } = await server.request("callTool", { name, input }, token);
        // The editor tells the model that the call failed, and why.
        if (isError) {
          throw new Error(text);
        }
        return api.textResult(text);
      },
    });
    context.subscriptions.push(tool);
  }
}
