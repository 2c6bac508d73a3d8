import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { neededProgram } from "../support/neededProgram.ts";
import { positionOf, sampleDump, sampleFolder } from "../support/sampleDump.ts";

const nvim = neededProgram("nvim", "neovim");
const page = readFileSync(join(root, "docs/editors.md"), "utf8");
/** The page's second piece of Lua: the command, which any Neovim can run. */
const documented = Array.from(page.matchAll(/^```lua\n(.*?)^```$/gms))[1]?.[1] ?? "";

describe("Neovim, as a second client of the server", () => {
  it.skipIf(nvim === undefined)(
    "gets symbols, hover, folds, problems, the source of a frame and the list of groups",
    async () => {
      const { line, character } = positionOf("manager.go:214");
      const script = fileURLToPath(new URL("neovim/session.lua", import.meta.url));
      const folder = mkdtempSync(join(tmpdir(), "neovim-"));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const command = join(folder, "command.lua");
      writeFileSync(command, documented);
      const args = ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", `luafile ${script}`];
      const { stdout } = await promisify(execFile)(nvim ?? "nvim", args, {
        timeout: 600_000,
        env: {
          ...process.env,
          COMMAND: command,
          SERVER: JSON.stringify([process.execPath, join(root, "dist/node/cli.js"), "lsp", "--stdio"]),
          DUMP: fileURLToPath(sampleDump.uri),
          ROOT: sampleFolder,
          LINE: String(line),
          CHARACTER: String(character),
        },
      });

      const answers = JSON.parse(stdout) as Record<string, unknown>;
      expect(answers).toMatchObject({
        definition: {
          targetUri: expect.stringMatching(/\/kline\/manager\.go$/),
          targetSelectionRange: { start: { line: 213 } },
        },
        hover: expect.anything(),
        groups: [
          expect.objectContaining({ text: expect.stringContaining("1 goroutine") }),
          { file: fileURLToPath(sampleDump.uri), line: 1, text: expect.stringMatching(/^1 × .* \[running\]$/) },
        ],
      });
      expect(answers["symbols"]).toBeGreaterThan(0);
      expect(answers["folds"]).toBeGreaterThan(0);
      expect(answers["diagnostics"]).not.toHaveLength(0);
    },
    90_000,
  );
});
