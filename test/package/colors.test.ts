import { spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";

const OKX = "test/fixtures/field/okx-deadlock.dump";
const COLOR = /\u001b\[\d+m/;

/** What is printed where standard output is a terminal, or a pipe. */
function analyze(output: "terminal" | "pipe", env: NodeJS.ProcessEnv, ...args: readonly string[]): string {
  const terminal = output === "terminal" ? ["--require", "./test/support/fakeTerminal.cjs"] : [];
  // Nothing else of this machine: Node takes the environment of CI services for one without colours.
  const { PATH } = process.env;
  const options = { encoding: "utf8", env: { PATH, TERM: "xterm-256color", ...env } } as const;
  const { status, stdout } = spawnSync(
    process.execPath,
    [...terminal, "dist/node/cli.js", "analyze", ...args, OKX],
    options,
  );
  expect(status).toBe(0);
  return stdout;
}

describe("the colours of the text report", () => {
  it("mark headings and certainties on a terminal, and change no text", () => {
    const colored = analyze("terminal", {});
    expect(colored).toMatch(/^\u001b\[1mtest\/fixtures.*12 goroutines.*\u001b\[22m\n/);
    expect(colored).toContain("\u001b[33m! strong\u001b[39m: RWMutex held while sending");
    expect(colored.match(/\u001b\[\d+m/g)).toHaveLength(4);
    expect(stripVTControlCharacters(colored)).toBe(analyze("pipe", {}));
  });

  it.each([
    ["a pipe", "pipe", {}, false],
    ["a terminal of somebody who wants none", "terminal", { NO_COLOR: "1" }, false],
    ["a terminal that has none", "terminal", { TERM: "dumb" }, false],
    ["a terminal, turned off", "terminal", { FORCE_COLOR: "0" }, false],
    ["a pipe, turned on", "pipe", { FORCE_COLOR: "1" }, true],
  ] as const)("for %s", (_, output, env, expected) => {
    expect(COLOR.test(analyze(output, env))).toBe(expected);
  });

  it.each(["json", "sarif", "github", "markdown"])("are in no other format: %s", (format) => {
    expect(analyze("terminal", { FORCE_COLOR: "1" }, "--format", format)).not.toMatch(COLOR);
  });
});
