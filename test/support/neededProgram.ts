import { findProgram } from "../../scripts/lib/run.mjs";

/**
 * The path of a program that some tests need and npm does not bring. Without it they are skipped on a contributor's
 * machine, which is printed, and fail in continuous integration, which must miss nothing.
 */
export function neededProgram(name: string, debianPackage: string): string | undefined {
  const path = findProgram([name]);
  if (path !== undefined) return path;
  const message = `${name} is not on the PATH (Debian: apt-get install ${debianPackage})`;
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`Skipped: ${message}\n`);
  return undefined;
}
