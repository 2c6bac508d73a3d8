import { expect, it } from "vitest";
import { fileName } from "../../../client/src/model/fileName.ts";
import { refusedPage } from "../../../client/src/model/refusedPage.ts";
import { rulePagePaths } from "../../../client/src/model/rulePagePaths.ts";
import { viewDescription, viewMessage } from "../../../client/src/model/viewTexts.ts";
import { english } from "../../support/localizer.ts";

it("makes no markup of what a file is called or holds", () => {
  const page = refusedPage("<img>.pb.gz", `"a" & <script>`, english);

  expect(page).toContain("&#60;img&#62;.pb.gz");
  expect(page).not.toMatch(/<img|<script/);
  expect(page).toContain("default-src 'none'");
});

it("finds the page of a rule in the reader's language first, and of nothing else", () => {
  expect(rulePagePaths("leak", "zh-CN")).toEqual(["docs/rules/zh-cn/leak.md", "docs/rules/leak.md"]);
  expect(rulePagePaths("leak", "../x")).toEqual(["docs/rules/leak.md"]);
  expect(rulePagePaths("../../README", "en")).toEqual([]);
  expect(rulePagePaths(7, "en")).toEqual([]);
});

it("calls a file by the last part of its path", () => {
  expect(fileName("/tmp/okx.dump")).toBe("okx.dump");
  expect(fileName("D:\\tmp\\okx.dump")).toBe("okx.dump");
  expect(fileName("Untitled-1")).toBe("Untitled-1");
});

it("says above the tree that it is filtered, and what the server says", () => {
  expect(viewMessage("", null, english)).toBe("");
  expect(viewMessage("state:select", null, english)).toBe("Filter: state:select");
  expect(viewMessage("x", "Nothing matches.", english)).toBe("Filter: x\nNothing matches.");
});

it("says beside the view's name which dump it shows, and how it is grouped when that was chosen", () => {
  expect(viewDescription("okx.dump", "stack", english)).toBe("okx.dump");
  expect(viewDescription("okx.dump", "tree", english)).toBe("okx.dump · Who Started Whom");
});
