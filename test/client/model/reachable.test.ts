import { describe, expect, it } from "vitest";
import { isReachable } from "../../../client/src/model/reachable.ts";

const disk = { scheme: "file", authority: "" };
const github = { scheme: "vscode-vfs", authority: "github" };

describe("a file the server may ask for", () => {
  it("is on this machine's disk, or where a folder of the workspace is", () => {
    expect(isReachable(disk, [])).toBe(true);
    expect(isReachable(github, [disk, github])).toBe(true);
  });

  it("is on no other machine, whatever a dump says", () => {
    expect(isReachable({ scheme: "file", authority: "evil.example" }, [disk])).toBe(false);
    expect(isReachable({ scheme: "vscode-remote", authority: "ssh+evil" }, [github])).toBe(false);
    expect(isReachable({ scheme: "vscode-vfs", authority: "gitlab" }, [github])).toBe(false);
  });
});
