import { describe, expect, test } from "vitest";
import { markdownHtml, renderRichText, type Inline } from "../../../server/src/service/base/richText.ts";

const HOSTILE = [
  "[click](command:workbench.action.terminal.sendSequence)",
  "<img src=x onerror=alert(1)>",
  "![x](https://example.com/track.png)",
  "`` ` ```",
  "`ends with a tick`",
  "# heading\n\n- list\n\n[ref]: http://example.com",
  "https://example.com www.example.com",
  "$(alert) **bold** _it_ ~~gone~~ &lt; \\",
  "a\u202edesrever\u0007",
];

function inline(part: Inline): string {
  return renderRichText([{ kind: "paragraph", parts: [part] }], "markdown").value;
}

describe("Markdown", () => {
  test.each(HOSTILE)("of %j as plain text has no mark that is not escaped", (text) => {
    expect(inline(text).replace(/\\[!-/:-@[-`{-~]/g, "")).not.toMatch(/[!-/:-@[-`{-~\n]/);
  });

  test.each(HOSTILE)("of %j within HTML has no mark of HTML or Markdown, but what stands for one", (text) => {
    expect(markdownHtml(text).replace(/&#\d+;/g, "")).not.toMatch(/[!-+;-@[-`{-~\n]/);
  });

  test.each(HOSTILE)("of %j as code is one code span, whatever ticks it holds", (text) => {
    const rendered = inline({ code: text });
    const fence = /^`+/.exec(rendered)?.[0] ?? "";
    expect(rendered.endsWith(` ${fence}`)).toBe(true);
    const inside = rendered.slice(fence.length, -fence.length);
    expect(inside.match(/`+/g) ?? []).not.toContain(fence);
    expect(inside).not.toMatch(/\n/);
  });

  test.each([...HOSTILE, "```\n[out](command:x)\n```", "````"])(
    "of %j as a block ends where the block ends",
    (text) => {
      const { value } = renderRichText([{ kind: "code", language: "go", text }], "markdown");
      const lines = value.split("\n");
      const fence = /^`+/.exec(value)?.[0] ?? "";
      expect(lines[0]).toBe(`${fence}go`);
      expect(lines.at(-1)).toBe(fence);
      expect(lines.slice(1, -1).join("\n").match(/`+/g) ?? []).not.toContain(fence);
      expect(fence.length).toBeGreaterThan(Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length)));
    },
  );

  test("strong text cannot end its own emphasis", () => {
    expect(inline({ strong: "x** [l](command:y)" })).toBe(String.raw`**x\*\* \[l\]\(command\:y\)**`);
  });
});

test("plain text stays as it is, but for characters that steer the screen", () => {
  const parts: Inline[] = ["a <b> ", { code: "c`d" }, { strong: "*e*" }, " \u202ef\u001b[31m"];
  expect(renderRichText([{ kind: "paragraph", parts }], "plaintext")).toEqual({
    kind: "plaintext",
    value: "a <b> c`d*e* \ufffdf\ufffd[31m",
  });
});
