import type { jsonSchemaValidator } from "@modelcontextprotocol/server";

/**
 * Stands in for the protocol library's `_shims` in the bundle (see scripts/lib/bundles.mjs), which else bring a validator of
 * JSON Schema: a third of the bundle, for what the tools look at themselves.
 */
export class DefaultJsonSchemaValidator implements jsonSchemaValidator {
  readonly getValidator: jsonSchemaValidator["getValidator"] = () => (input) => ({
    valid: true,
    data: input as never,
    errorMessage: undefined,
  });
}

export { default as process } from "node:process";
