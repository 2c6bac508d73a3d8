import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { installVscodeWeb } from "../../../scripts/lib/vscodeWeb.mjs";
import { vsixPath } from "../../../scripts/lib/vsix.mjs";

/** What a path on the server holds; `undefined`: nothing. */
type Source = (path: string) => { readonly body: Uint8Array | string; readonly type: string } | undefined;

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/octet-stream",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

function typeOf(path: string): string {
  return types[extname(path)] ?? "application/octet-stream";
}

/** Files of a folder; a folder in it is the JSON list of the names in there. */
function folderSource(folder: string): Source {
  return (path) => {
    const file = join(folder, path);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (stat.isDirectory()) return { body: JSON.stringify(readdirSync(file)), type: "application/json" };
    return { body: readFileSync(file), type: typeOf(path) };
  };
}

/** The files of the extension, out of its package. */
function vsixSource(vsix: string): Source {
  const files = unzipSync(readFileSync(vsix));
  return (path) => {
    const body = files[`extension/${path}`];
    return body === undefined ? undefined : { body, type: typeOf(path) };
  };
}

/** The page of VS Code for the Web, with the extension and the workspace. */
function workbenchPage(authority: string): string {
  const extension = (path: string) => ({ scheme: "http", authority, path });
  const product = {
    productConfiguration: { nameShort: "Code", nameLong: "Code", applicationName: "code", version: "1.91.1" },
    additionalBuiltinExtensions: [extension("/extension"), extension("/files")],
    folderUri: { scheme: "web-files", path: "/" },
    configurationDefaults: { "workbench.startupEditor": "none" },
  };
  const scripts = ["workbench/workbench.web.main.nls.js", "workbench/workbench.web.main.js"];
  return `<!DOCTYPE html>
<meta charset="utf-8">
<link data-name="vs/workbench/workbench.web.main" rel="stylesheet" href="/vscode/out/vs/workbench/workbench.web.main.css">
<body>
<script src="/vscode/out/vs/loader.js"></script>
<script src="/vscode/out/vs/webPackagePaths.js"></script>
<script>
  const modules = location.origin + "/vscode/node_modules/";
  for (const name of Object.keys(webPackagePaths)) webPackagePaths[name] = modules + name + "/" + webPackagePaths[name];
  require.config({ baseUrl: location.origin + "/vscode/out", paths: webPackagePaths });
  window.product = ${JSON.stringify(product)};
</script>
${[...scripts, "code/browser/workbench/workbench.js"].map((path) => `<script src="/vscode/out/vs/${path}"></script>`).join("\n")}
`;
}

/** Serves VS Code for the Web, with a workspace that it reads over HTTP, on 127.0.0.1. */
export async function startWebServer(
  workspace: string,
): Promise<{ readonly address: string; readonly stop: () => void }> {
  const sources: Readonly<Record<string, Source>> = {
    vscode: folderSource(await installVscodeWeb()),
    extension: vsixSource(await vsixPath()),
    files: folderSource(fileURLToPath(new URL("webFiles", import.meta.url))),
    workspace: folderSource(workspace),
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const [, name = "", path = ""] = /^\/(\w*)\/?(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
    const found =
      name === "" ? { body: workbenchPage(request.headers.host ?? ""), type: "text/html" } : sources[name]?.(path);
    response.writeHead(found === undefined ? 404 : 200, { "Content-Type": found?.type ?? "text/plain" });
    response.end(found?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, stop: () => server.close() };
}
