/** Adds a style sheet to the page. Those made in script need no exception from the page's security policy. */
export function useStyle(text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}
