import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { neededProgram } from "../support/neededProgram.ts";
import { positionOf, sampleDump } from "../support/sampleDump.ts";

const emacs = neededProgram("emacs", "emacs-nox elpa-eglot");
const [, setup = ""] = /^```elisp\n(.*?)^```$/ms.exec(readFileSync(join(root, "docs/editors.md"), "utf8")) ?? [];

describe("Emacs with eglot, set up as docs/editors.md says", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "emacs-"));
    writeFileSync(join(folder, "setup.el"), setup);
    const program = join(folder, "goroutine-dump");
    writeFileSync(program, `#!/bin/sh\nexec "$NODE" "$CLI" "$@"\n`);
    chmodSync(program, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(emacs === undefined)("gets problems, the source of a frame, and the answers of commands", async () => {
    const { line } = positionOf("manager.go:214");
    const session = fileURLToPath(new URL("emacs/session.el", import.meta.url));
    const { stdout } = await promisify(execFile)(emacs ?? "emacs", ["--batch", "-l", session], {
      env: {
        ...process.env,
        HOME: folder,
        PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
        NODE: process.execPath,
        CLI: join(root, "dist/node/cli.js"),
        SETUP: join(folder, "setup.el"),
        DUMP: fileURLToPath(sampleDump.uri),
        LINE: String(line + 1),
      },
    });

    const answers = JSON.parse(stdout) as { readonly groups: string; readonly jumped: readonly [string, number] };
    expect(answers).toMatchObject({
      mode: "goroutine-dump-mode",
      diagnostics: expect.arrayContaining([expect.stringContaining("client.go:199")]),
      definition: expect.stringMatching(/kline\/manager\.go$/),
      definitionLine: 214,
      report: "<!DOCTYPE html>",
    });
    expect(answers.groups).toMatch(/^deadlock\.dump: 12 goroutines\ndeadlock\.dump:\d+: \d+ × /);
    const [, begin = ""] = /^deadlock\.dump:(\d+):/m.exec(answers.groups) ?? [];
    expect(answers.jumped).toEqual(["deadlock.dump", Number(begin)]);
    expect(sampleDump.text.split("\n")[Number(begin) - 1]).toMatch(/^goroutine \d+ \[/);
  });
});
