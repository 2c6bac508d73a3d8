import { existsSync } from "node:fs";
import { win32 } from "node:path";

/**
 * The program that a command names. Windows would look into the working directory first, where a stranger's `go.exe` may
 * lie beside the sources: there only the folders of the PATH count. Undefined: none of them has it.
 */
export function programOf(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  if (platform !== "win32" || win32.isAbsolute(command)) return command;
  const path = env["Path"] ?? env["PATH"] ?? "";
  const folders = path.split(";").filter((folder) => /^[a-z]:[\\/]/i.test(folder));
  return folders.map((folder) => win32.join(folder, `${command}.exe`)).find(exists);
}
