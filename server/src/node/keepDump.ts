import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cannotWrite } from "./usageError.ts";

/** Writes a dump into a folder, as a whole or not at all, and never in place of another one; gives its name. */
export async function keepDump(folder: string, bytes: Uint8Array, nameOf: (number: number) => string): Promise<string> {
  const name = await freeName(folder, nameOf);
  const path = join(folder, name);
  const part = `${path}.part`;
  try {
    await writeFile(part, bytes, { flag: "wx" });
    await rename(part, path);
    return name;
  } catch (error) {
    await Promise.all([path, part].map((each) => rm(each, { force: true })));
    throw cannotWrite(path, error);
  }
}

/** Takes the first name that nothing in the folder has: several targets of one host may answer within a second. */
async function freeName(folder: string, nameOf: (number: number) => string): Promise<string> {
  for (let number = 1; ; number++) {
    const name = nameOf(number);
    try {
      await writeFile(join(folder, name), "", { flag: "wx" });
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw cannotWrite(join(folder, name), error);
    }
  }
}
