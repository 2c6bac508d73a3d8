import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nodeClick, nodeContext, nodeIcon, nodeSpeech } from "../../../client/src/model/nodeLook.ts";
import { english } from "../../support/localizer.ts";
import { treeNode } from "../../support/treeNodes.ts";

const start = { line: 3, character: 0 };
const place = { uri: "file:///x.dump", range: { start, end: start } };
const frame = { function: "main.run", file: "/src/x/main.go", line: 12 };

/** Relative luminance of an opaque colour, as WCAG has it; anything else has none. */
function luminance(color: string): number {
  const channels = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color)?.slice(1) ?? [];
  const [red, green, blue] = channels.map((hex) => {
    const value = Number.parseInt(hex, 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return red === undefined || green === undefined || blue === undefined
    ? Number.NaN
    : 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(left: string, right: string): number {
  const [dark, light] = [luminance(left), luminance(right)].sort((one, other) => one - other) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const iconOf = (certainty: "proven" | "strong" | "suspect"): string | undefined =>
  nodeIcon(treeNode("f", { kind: "finding", certainty }))?.id;

describe("the icon of a node", () => {
  it("tells how sure a finding is", () => {
    expect([iconOf("proven"), iconOf("strong"), iconOf("suspect")]).toEqual(["error", "warning", "info"]);
  });

  it("tells what goroutines are doing, each activity in its own way", () => {
    const activities = ["running", "blocked", "waiting", "system", "stuck", "unknown"] as const;
    const icons = activities.map((activity) => nodeIcon(treeNode("g", { activity }))?.id);

    expect(new Set(icons).size).toBe(activities.length);
  });

  it("of what is blocked can be seen in every default theme", () => {
    const { colors } = (
      JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
        contributes: { colors: [{ id: string; defaults: Record<string, string> }] };
      }
    ).contributes;
    const sideBars = { dark: "#181818", light: "#f8f8f8", highContrast: "#000000", highContrastLight: "#ffffff" };

    expect(colors[0].id).toBe(nodeIcon(treeNode("g", { activity: "blocked" }))?.color);
    for (const [theme, sideBar] of Object.entries(sideBars)) {
      expect({ theme, contrast: contrast(colors[0].defaults[theme] ?? "", sideBar) }).toEqual({
        theme,
        contrast: expect.toSatisfy((ratio: number) => ratio >= 3) as number,
      });
    }
  });

  it("dims what is dimmed", () => {
    expect(nodeIcon(treeNode("f", { kind: "frame", dimmed: true }))?.color).toBe("descriptionForeground");
    expect(nodeIcon(treeNode("f", { kind: "frame" }))).toMatchObject({ color: undefined });
    expect(nodeIcon(treeNode("f", { kind: "textLine" }))).toBeUndefined();
  });
});

describe("a click on a node", () => {
  it.each([
    ["a frame with a file", treeNode("f", { kind: "frame", frame, place }), "openSource"],
    ["a frame without a file", treeNode("f", { kind: "frame", frame: { ...frame, file: null }, place }), "openInDump"],
    ["a goroutine", treeNode("g", { kind: "goroutine", place }), "openInDump"],
    ["a group, whose frame is only its place", treeNode("g", { kind: "group", frame, place }), "openInDump"],
    ["the rest of a list", treeNode("m", { kind: "more" }), "showMore"],
    ["a heading", treeNode("h", { kind: "findings" }), "none"],
  ] as const)("on %s", (_, node, expected) => {
    expect(nodeClick(node)).toBe(expected);
  });
});

it("tells the menus what can be done with a node", () => {
  expect(nodeContext(treeNode("f", { kind: "frame", frame, place }))).toBe("frame.source.place");
  expect(nodeContext(treeNode("g", { kind: "goroutine", place }))).toBe("goroutine.place");
  expect(nodeContext(treeNode("h", { kind: "notes" }))).toBe("notes");
});

it("speaks what is otherwise only seen", () => {
  const finding = treeNode("f", {
    kind: "finding",
    certainty: "proven",
    label: "deadlock",
    description: "4 goroutines",
  });
  const library = treeNode("s", { kind: "frame", label: "runtime.gopark", dimmed: true });

  expect(nodeSpeech(finding, english)).toBe("proven, deadlock, 4 goroutines");
  expect(nodeSpeech(library, english)).toBe("runtime.gopark, less important");
});
