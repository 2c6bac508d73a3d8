import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { CancellationToken, Disposable, Event, ExtensionContext } from "vscode";
import { dumpServer } from "../../client/src/dumpServer.ts";
import { activateExtension } from "../../client/src/extension.ts";
import { registerAssistants } from "../../client/src/features/assistants/register.ts";
import { assistantTools, mcpProvider, toolId } from "../../client/src/ids.ts";
import { registerMcpServer } from "../../client/src/features/assistants/mcpServer.ts";
import { schemaOf } from "../../server/src/service/agent/toolInput.ts";
import { TOOLS } from "../../server/src/service/agent/tools.ts";
import { fakeClient, type FakeClient } from "../support/fakeClient.ts";
import { fakeContext } from "../support/fakeContext.ts";
import { CancellationTokenSource, editor, state, Uri } from "../support/vscode/index.ts";

interface Tool {
  prepareInvocation(): { readonly invocationMessage: string };
  invoke(options: { readonly input: unknown }, token: CancellationToken): Promise<unknown>;
}

/** A part of the result of a tool, and the result, as newer editors have them. */
class TextPart {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
class ToolResult {
  readonly content: readonly unknown[];
  constructor(content: readonly unknown[]) {
    this.content = content;
  }
}

const { token } = new CancellationTokenSource();
const tools = new Map<string, Tool>();
const registerTool = (name: string, tool: Tool): Disposable => {
  tools.set(name, tool);
  return { dispose: () => tools.delete(name) };
};
const newer = { lm: { registerTool }, LanguageModelToolResult: ToolResult, LanguageModelTextPart: TextPart };

let server: FakeClient;
let context: ExtensionContext;
beforeEach(() => {
  editor.reset();
  tools.clear();
  server = fakeClient();
  context = fakeContext();
});
afterEach(() => {
  for (const each of context.subscriptions.splice(0)) each.dispose();
});

const register = (module: object = newer): void =>
  registerAssistants({ context, server: dumpServer(server.client) }, module);

describe("tools for the editor's models", () => {
  it("are the eight that the server knows, and go with the extension", () => {
    register();
    expect([...tools.keys()]).toEqual(TOOLS.map(({ name }) => toolId(name)));
    expect(tools.get("goroutineDump_get_group")?.prepareInvocation().invocationMessage).toBe("Looking at goroutines");
    for (const each of context.subscriptions.splice(0)) each.dispose();
    expect(tools.size).toBe(0);
  });

  it("give the server what the model says, and the model what the server answers", async () => {
    register();
    server.answers.set("goroutineDump/callTool", () => ({ isError: false, text: '{"total":1}' }));
    const input = { path: "a.dump", id: 7 };
    const result = await tools.get("goroutineDump_explain_wait")?.invoke({ input }, token);
    expect(result).toEqual(new ToolResult([new TextPart('{"total":1}')]));
    expect(server.asked).toEqual([{ method: "goroutineDump/callTool", params: { name: "explain_wait", input } }]);
  });

  it("fail with the sentence that says what to do", async () => {
    register();
    server.answers.set("goroutineDump/callTool", () => ({ isError: true, text: "a.dump is not there." }));
    await expect(tools.get("goroutineDump_get_group")?.invoke({ input: {} }, token)).rejects.toThrow(
      "a.dump is not there.",
    );
  });

  it.each([
    ["nothing for models", {}],
    ["models, but no tools", { lm: { selectChatModels: () => [] } }],
    ["tools, but no results", { lm: { registerTool } }],
  ])("are none in an editor that has %s", (_, old) => {
    register(old);
    expect(tools.size).toBe(0);
  });

  it("do not keep the extension from starting in an old editor", () => {
    activateExtension(context, () => server.client);
    expect(editor.commands.has("goroutineDump.openFile")).toBe(true);
  });
});

interface ManifestTool {
  readonly name: string;
  readonly modelDescription: string;
  readonly inputSchema: unknown;
}

it("the tools of package.json are those of the server, word by word", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as {
    contributes: {
      languageModelTools: readonly ManifestTool[];
      mcpServerDefinitionProviders: readonly { readonly id: string }[];
    };
  };
  expect(assistantTools).toEqual(TOOLS.map(({ name }) => name));
  expect(contributes.languageModelTools).toEqual(
    TOOLS.map(({ name, description, parameters }) =>
      expect.objectContaining({
        name: toolId(name),
        modelDescription: `Go goroutine dumps: ${description}`,
        inputSchema: schemaOf(parameters),
      }),
    ),
  );
  expect(contributes.mcpServerDefinitionProviders.map(({ id }) => id)).toEqual([mcpProvider]);
});

interface Provider {
  readonly onDidChangeMcpServerDefinitions: Event<void>;
  provideMcpServerDefinitions(): readonly unknown[];
}

class Definition {
  readonly args: readonly unknown[];
  constructor(...args: readonly unknown[]) {
    this.args = args;
  }
}

const command = {
  executable: "/bin/code",
  script: "/extension/dist/node/server.js",
  label: "Goroutine Dump",
  version: "0.1.0",
};

/** Registers the server in a newer editor; the provider, as the editor has it. */
function registered(): Provider {
  const providers = new Map<string, Provider>();
  const lm = {
    registerMcpServerDefinitionProvider(id: string, provider: Provider): Disposable {
      providers.set(id, provider);
      return { dispose: () => providers.delete(id) };
    },
  };
  const registration = registerMcpServer(command, { lm, McpStdioServerDefinition: Definition });
  onTestFinished(() => {
    registration?.dispose();
    expect(providers.size).toBe(0);
  });
  return providers.get(mcpProvider)!;
}

describe("the server of the Model Context Protocol, as the editor is told of it", () => {
  it("is offered when the setting says so, with the folders of this machine", () => {
    state.workspaceFolders = [
      { name: "w", uri: Uri.parse("file:///w") },
      { name: "far", uri: Uri.parse("memfs:/far") },
    ];
    const provider = registered();
    let changes = 0;
    provider.onDidChangeMcpServerDefinitions(() => changes++);
    expect(provider.provideMcpServerDefinitions()).toEqual([]);
    editor.configure("goroutineDump.mcpServer", true);
    expect(changes).toBe(1);
    expect(provider.provideMcpServerDefinitions()).toEqual([
      new Definition(
        "Goroutine Dump",
        "/bin/code",
        ["/extension/dist/node/server.js", "mcp", "/w"],
        { ELECTRON_RUN_AS_NODE: "1" },
        "0.1.0",
      ),
    ]);
  });

  it("is not offered without a folder below which it may read", () => {
    editor.configure("goroutineDump.mcpServer", true);
    expect(registered().provideMcpServerDefinitions()).toEqual([]);
  });

  it("is not offered in an editor that knows no such servers", () => {
    expect(registerMcpServer(command, {})).toBeUndefined();
    expect(registerMcpServer(command, { lm: {} })).toBeUndefined();
  });
});
