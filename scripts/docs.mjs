// Writes the parts of README.md that are made from the manifest and from the rules' pages.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/paths.mjs";
import { currentReadme } from "./lib/readme.mjs";

writeFileSync(join(root, "README.md"), currentReadme());
