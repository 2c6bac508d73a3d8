import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { neededProgram } from "../support/neededProgram.ts";
import { positionOf, sampleDump, sampleFolder } from "../support/sampleDump.ts";

const nvim = neededProgram("nvim", "neovim");

describe("Neovim, as a second client of the server", () => {
  it.skipIf(nvim === undefined)(
    "gets symbols, hover, folds, problems, the source of a frame and the list of groups",
    async () => {
      const { line, character } = positionOf("manager.go:214");
      const script = fileURLToPath(new URL("neovim/session.lua", import.meta.url));
      const args = ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", `luafile ${script}`];
      const { stdout } = await promisify(execFile)(nvim ?? "nvim", args, {
        timeout: 600_000,
        env: {
          ...process.env,
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
        groups: expect.stringMatching(/^deadlock\.dump: 1 goroutine\n/),
      });
      expect(answers["symbols"]).toBeGreaterThan(0);
      expect(answers["folds"]).toBeGreaterThan(0);
      expect(answers["diagnostics"]).not.toHaveLength(0);
    },
    90_000,
  );
});
