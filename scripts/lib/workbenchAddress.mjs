/**
 * What a page of the VS Code server opens.
 * @typedef {object} Opened
 * @property {string} [folder] the workspace
 * @property {string} [workspaceFile] the workspace when it has several folders; without either the window is empty
 * @property {readonly string[]} [files] opened in editors, the last in front; `:line:column` may follow the path
 * @property {string} [developedExtension] folder of an extension to load besides the installed ones
 * @property {string} [token] what the server asks visitors for
 */

/**
 * The address of a page of a VS Code server. All paths are absolute and on the server's machine.
 * @param {string} authority host and port of the server
 * @param {Opened} opened
 * @returns {string}
 */
export function workbenchAddress(authority, { folder, workspaceFile, files = [], developedExtension, token }) {
  const remoteUri = (/** @type {string} */ path) => `vscode-remote://${authority}${encodeURI(asUriPath(path))}`;
  const url = new URL(`http://${authority}/`);
  if (token !== undefined) url.searchParams.set("tkn", token);
  if (workspaceFile !== undefined) url.searchParams.set("workspace", asUriPath(workspaceFile));
  else if (folder !== undefined) url.searchParams.set("folder", asUriPath(folder));
  else url.searchParams.set("ew", "true");
  const payload = files.map((file) => ["openFile", remoteUri(file)]);
  if (payload.length > 0) payload.push(["gotoLineMode", "true"]);
  if (developedExtension !== undefined) payload.push(["extensionDevelopmentPath", remoteUri(developedExtension)]);
  if (payload.length > 0) url.searchParams.set("payload", JSON.stringify(payload));
  return url.href;
}

/**
 * A file system path as the path of a URI: forward slashes, and one at its front.
 * @param {string} path
 */
function asUriPath(path) {
  const slashed = path.replaceAll("\\", "/");
  return slashed.startsWith("/") ? slashed : `/${slashed}`;
}
