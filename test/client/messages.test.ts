import { beforeEach, expect, it } from "vitest";
import { plainMessage, showError, showInformation, showWarning } from "../../client/src/util/messages.ts";
import { editor } from "../support/vscode/index.ts";

beforeEach(() => editor.reset());

const LINK = "[Fix it](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D)";

it.each([showInformation, showWarning, showError])("a message that quotes an input has no link (%o)", async (show) => {
  await show(`Not found: ${LINK} \u001b[31m\u202e`);

  const shown = editor.asked.at(-1)?.text ?? "";
  expect(shown).not.toMatch(/\]\(/);
  expect(shown).toBe(`Not found: ${LINK.replace("](", "]\u200b(")} [31m`);
});

it("a message is as short as an editor can show it", () => {
  expect(plainMessage("x".repeat(10_000_000)).length).toBeLessThan(1010);
});
