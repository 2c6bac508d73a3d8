import { describe, expect, it } from "vitest";
import { deriveMapping, withFolderVariable, withMapping } from "../../../client/src/model/sourceMapping.ts";

describe("the mapping between a path in a dump and a file here", () => {
  it.each([
    [
      "keeps what differs",
      "D:/coding/exchange/pkg/client.go",
      "/home/ann/exchange/pkg/client.go",
      { from: "D:/coding", to: "/home/ann" },
    ],
    ["takes backslashes for slashes", "D:\\go\\x\\a.go", "/srv/x/a.go", { from: "D:/go", to: "/srv" }],
    [
      "leaves a part of a -trimpath name",
      "exchange/client.go",
      "/srv/exchange/client.go",
      { from: "exchange", to: "/srv/exchange" },
    ],
    ["leaves the root", "/x/a.go", "/home/ann/x/a.go", { from: "/", to: "/home/ann" }],
    [
      "takes addresses",
      "/build/x/a.go",
      "vscode-vfs://github/ann/x/a.go",
      { from: "/build", to: "vscode-vfs://github/ann" },
    ],
  ])("%s", (_, inDump, here, expected) => {
    expect(deriveMapping(inDump, here)).toEqual(expected);
  });

  it("is none when the names of the files differ", () => {
    expect(deriveMapping("/build/x/a.go", "/home/ann/x/b.go")).toBeUndefined();
  });
});

describe("a folder written with a variable", () => {
  const one = [{ name: "x", path: "/home/ann/x" }];

  it("names the only folder of the workspace by nothing", () => {
    expect(withFolderVariable("/home/ann/x/pkg", one)).toBe("${workspaceFolder}/pkg");
    expect(withFolderVariable("/home/ann/x", one)).toBe("${workspaceFolder}");
  });

  it("names one of several", () => {
    expect(withFolderVariable("/home/ann/y", [...one, { name: "y", path: "/home/ann/y" }])).toBe(
      "${workspaceFolder:y}",
    );
  });

  it("stays as it is outside of the workspace, also beside a folder with the same beginning", () => {
    expect(withFolderVariable("/home/ann/xx/pkg", one)).toBe("/home/ann/xx/pkg");
  });
});

it("puts a mapping where it wins, once", () => {
  const list = [
    { from: "/a", to: "/old" },
    { from: "/b", to: "/c" },
  ];

  expect(withMapping(list, { from: "/a", to: "/new" })).toEqual([
    { from: "/a", to: "/new" },
    { from: "/b", to: "/c" },
  ]);
});
