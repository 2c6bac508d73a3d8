import { window } from "vscode";

/** Characters of a message: an editor shows a few lines of it. */
const longest = 1000;

/**
 * A message as it may be shown. The editor makes links of `[text](command:...)` in messages, and a dump, a file's name or a
 * server's answer may hold that: an invisible space keeps the brackets apart. Control characters are left out.
 */
export function plainMessage(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}...` : text;
  return short
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "")
    .replaceAll("](", "]\u200b(");
}

/** Tells the user something; gives the item that was chosen. All messages of the extension go this way or the next two. */
export function showInformation(text: string, ...items: readonly string[]): Thenable<string | undefined> {
  // oxlint-disable-next-line no-restricted-properties -- here the text is made plain
  return window.showInformationMessage(plainMessage(text), ...items);
}

export function showWarning(text: string, ...items: readonly string[]): Thenable<string | undefined> {
  // oxlint-disable-next-line no-restricted-properties -- here the text is made plain
  return window.showWarningMessage(plainMessage(text), ...items);
}

export function showError(text: string, ...items: readonly string[]): Thenable<string | undefined> {
  // oxlint-disable-next-line no-restricted-properties -- here the text is made plain
  return window.showErrorMessage(plainMessage(text), ...items);
}
