import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";

const folder = join(root, "images", "walkthrough");

/** Colours that every theme has, high contrast ones as well. */
const always =
  /^--vscode-(foreground|(editor|sideBar)-background|editor-foreground|textLink-foreground|problemsWarningIcon-foreground)$/;

it.each(readdirSync(folder).filter((name) => name.endsWith(".svg")))(
  "the picture %s of the walkthrough can be seen in themes that leave colours out",
  (name) => {
    const colors = readFileSync(join(folder, name), "utf8").match(/(?<=(?:fill|stroke)=")var\([^"]*/g) ?? [];

    expect(colors.length).toBeGreaterThan(1);
    const invisible = colors.filter((color) => !color.match(/--[\w-]+/g)?.some((variable) => always.test(variable)));
    expect(invisible).toEqual([]);
  },
);
