import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { firstPart, TITLE_LIMIT, placeFirst, titleOf } from "../../../server/src/core/findings/title.ts";
import { frameOf } from "../../../server/src/core/model/stack.ts";
import { english, say } from "../../../server/src/core/text/say.ts";
import { analyseBytes } from "../../support/analyse.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures");

describe("the titles of findings in all fixtures", () => {
  const files = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:txt|dump|gz|log)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
  const titled = files.flatMap((file) =>
    analyseBytes(readFileSync(file)).flatMap(({ dump, findings }) =>
      findings.map((finding) => ({
        file,
        rule: finding.rule,
        title: english(finding.title),
        line: finding.frame === null ? null : frameOf(dump, finding.frame).line,
      })),
    ),
  );

  it("say it in one line of at most sixty characters", () => {
    expect(titled.length).toBeGreaterThan(100);
    expect(titled.filter(({ title }) => title.length > TITLE_LIMIT || title.length < 5 || /\n/.test(title))).toEqual(
      [],
    );
  });

  it("name the line that is blamed", () => {
    const placeless = titled.filter(({ title, line }) => line !== null && !title.endsWith(`:${line}`));

    expect(placeless).toEqual([]);
  });
});

const frame = (file: string | null) => ({ id: 0, function: "shop/cart.(*Cart).Add", file, line: 12 });

describe("a title", () => {
  it("keeps the end of a long place, and the words before it whole", () => {
    const what = say`${"RWMutex"} held while locking another`;

    expect(english(titleOf(what, frame("/src/cart.go")))).toBe("RWMutex held while locking another: cart.go:12");
    expect(english(titleOf(what, frame(`/src/${"very_".repeat(20)}long.go`)))).toBe(
      "RWMutex held while locking another: …ry_very_very_long.go:12",
    );
    expect(english(titleOf(what, frame(null)))).toBe("RWMutex held while locking another: cart.(*Cart).Add");
    expect(english(titleOf(what, null))).toBe("RWMutex held while locking another");
  });

  it("has its place first in a side bar", () => {
    const what = say`${"RWMutex"} held while locking another`;

    expect(placeFirst(titleOf(what, frame("/src/cart.go")))).toEqual({ where: "cart.go:12", what });
    expect(placeFirst(titleOf(what, null))).toEqual({ where: "", what });
    expect(placeFirst(say`${"Panic"}: ${"cart.go:12"}`).where).toBe("");
  });

  it("cuts a quotation, but no character in two", () => {
    expect(firstPart("abcdef", 4)).toBe("abc…");
    expect(firstPart("ab😀cd", 4)).toBe("ab…");
  });
});
