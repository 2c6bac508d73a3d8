import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder, whatever the current directory is. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Where downloaded tools live: the VS Code server, its Node, a browser. Nothing in it is tracked, and deleting it
 * costs only the time to fill it again. Several checkouts can share one through `GOROUTINE_DUMP_CACHE`.
 */
export const cacheFolder = resolve(process.env["GOROUTINE_DUMP_CACHE"] ?? join(root, ".cache"));

/** What a build leaves for people to look at: the VSIX, screenshots, logs of test hosts. */
export const artifactsFolder = join(root, "artifacts");
