// A read-only file system in the browser: what lies below /workspace on the page's server, as `web-files:/`.
const vscode = require("vscode");

const isFolder = (response) => response.headers.get("Content-Type") === "application/json";

const refuse = (uri) => {
  throw vscode.FileSystemError.NoPermissions(uri);
};

exports.activate = (context) => {
  const read = async (uri) => {
    const response = await fetch(new URL(`/workspace${uri.path}`, context.extensionUri.toString(true)));
    if (!response.ok) throw vscode.FileSystemError.FileNotFound(uri);
    return response;
  };
  const provider = {
    onDidChangeFile: new vscode.EventEmitter().event,
    watch: () => ({ dispose() {} }),
    stat: async (uri) => {
      const response = await read(uri);
      const { byteLength } = await response.arrayBuffer();
      return {
        type: isFolder(response) ? vscode.FileType.Directory : vscode.FileType.File,
        ctime: 0,
        mtime: 0,
        size: byteLength,
      };
    },
    readDirectory: async (uri) => {
      const names = await (await read(uri)).json();
      return Promise.all(names.map(async (name) => [name, (await provider.stat(vscode.Uri.joinPath(uri, name))).type]));
    },
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
    writeFile: refuse,
    readFile: async (uri) => new Uint8Array(await (await read(uri)).arrayBuffer()),
  };
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider("web-files", provider, { isReadonly: true, isCaseSensitive: true }),
  );
};
