import { inject } from "vitest";
import type { Editor } from "./globalSetup.ts";

/** The VS Code of this worker. */
export function ownEditor(): Editor {
  const worker = Number(process.env["VITEST_POOL_ID"]);
  const editor = inject("editors")[worker - 1];
  if (editor === undefined) throw new Error(`There is no editor for worker ${worker}`);
  return editor;
}
