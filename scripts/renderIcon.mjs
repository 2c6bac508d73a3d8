// Renders images/icon.svg to the PNG that the Marketplace asks for. Run after a change to the drawing: node scripts/renderIcon.mjs
// Needs rsvg-convert and zopflipng (Debian: librsvg2-bin and zopfli; macOS: brew install librsvg zopfli). The PNG is committed,
// so a build needs neither.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const image = (/** @type {string} */ name) => fileURLToPath(new URL(`../images/${name}`, import.meta.url));

execFileSync("rsvg-convert", ["--width", "256", "--height", "256", "--output", image("icon.png"), image("icon.svg")], {
  stdio: "inherit",
});
// The same picture in a quarter less.
execFileSync("zopflipng", ["-y", image("icon.png"), image("icon.png")], { stdio: "inherit" });
