/** The colours of a picture, as the page has them now. */
export interface PictureTheme {
  readonly background: string;
  readonly foreground: string;
  readonly faint: string;
  readonly focus: string;
  readonly error: string;
  readonly font: string;
  /** How strong colours are under letters. */
  readonly fillOpacity: number;
  readonly isHighContrast: boolean;
}

/** Reads it from the page's style: the editor's theme, or the own one of an exported file. */
export function pictureTheme(): PictureTheme {
  const style = getComputedStyle(document.body);
  const variable = (name: string): string => style.getPropertyValue(name).trim();
  const isHighContrast =
    document.body.classList.contains("vscode-high-contrast") ||
    document.body.classList.contains("vscode-high-contrast-light") ||
    window.matchMedia("(forced-colors: active)").matches;
  return {
    background: variable("--vscode-editor-background"),
    foreground: variable("--vscode-foreground"),
    faint: variable("--vscode-descriptionForeground"),
    focus: variable("--vscode-focusBorder"),
    error: variable("--vscode-errorForeground"),
    font: style.fontFamily,
    fillOpacity: isHighContrast ? 0.12 : 0.35,
    isHighContrast,
  };
}
