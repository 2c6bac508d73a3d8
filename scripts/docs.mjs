// Writes what is made from other files: the parts of README.md about the manifest and the rules, the JSON Schemas of types.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/paths.mjs";
import { currentReadme } from "./lib/readme.mjs";
import { currentSchemas } from "./lib/schemas.mjs";

writeFileSync(join(root, "README.md"), currentReadme());
for (const { file, text } of currentSchemas()) writeFileSync(file, text);
