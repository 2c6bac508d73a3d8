/**
 * Sets the display language of the VS Code windows of a context. Its own texts stay English without a language pack;
 * extensions speak the language, and it takes their manifest's texts in it.
 * @param {import("playwright-core").BrowserContext} context
 * @param {string} language e.g. `zh-cn`
 */
export async function useDisplayLanguage(context, language) {
  await context.addInitScript((tag) => void Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: tag }), language);
}
