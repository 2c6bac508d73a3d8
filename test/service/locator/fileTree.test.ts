import { describe, expect, it } from "vitest";
import { canonicalUri, joinUri } from "../../../server/src/service/locator/fileTree.ts";

describe("the one spelling of an address", () => {
  it.each([
    ["file:///home/dev/app/", "file:///home/dev/app"],
    ["file:///home/dev/app", "file:///home/dev/app"],
    ["file:///home/my%20app", "file:///home/my%20app"],
    ["file:///c:/app/", "file:///c%3A/app"],
    ["file:///", "file:///"],
    ["memfs:/", "memfs:/"],
    ["vscode-vfs://github/", "vscode-vfs://github/"],
    ["not an address/", "not an address/"],
  ])("%s is %s", (uri, expected) => {
    expect(canonicalUri(uri)).toBe(expected);
  });

  it.each(["file:///", "memfs:/", "vscode-vfs://github/"])("of %s, the root, has entries below it", (root) => {
    expect(joinUri(canonicalUri(root), ["go.mod"])).toBe(`${root}go.mod`);
  });
});
