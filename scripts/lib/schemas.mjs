// The JSON Schemas of what the command line prints, made from its types.
import { join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import { root } from "./paths.mjs";

/** Schemas by the name of their file, and the type in `server/src/output` of a file of the same name. */
const types = { report: "Report", fleet: "FleetReport", row: "GroupRow" };

/** The files of `schema/` with their texts as they have to be. */
export function currentSchemas() {
  const folder = join(root, "server/src/output");
  return Object.entries(types).map(([name, type]) => {
    const path = join(folder, `${name}.ts`);
    const options = { path, type, tsconfig: join(folder, "tsconfig.json"), skipTypeCheck: true };
    const schema = createGenerator({ ...options, encodeRefs: false }).createSchema(type);
    return { file: join(root, "schema", `${name}.json`), text: `${JSON.stringify(schema, null, 2)}\n` };
  });
}
