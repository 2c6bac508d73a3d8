// Packages the extension as it is now: the tests look at what is shipped, not at what was shipped before.
import { packageExtension } from "../../scripts/lib/vsix.mjs";

export async function setup(): Promise<void> {
  await packageExtension();
}
