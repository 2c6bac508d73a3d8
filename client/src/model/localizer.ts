/** Translates messages, as `vscode.l10n` does; a port, so that the models need no VS Code. */
export interface Localizer {
  /** `{0}`, `{1}` ... in the message stand for the arguments. */
  t(message: string, ...args: (string | number | boolean)[]): string;
}
