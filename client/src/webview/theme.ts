/** The editor's colours, as they are now. */
export interface Theme {
  readonly foreground: string;
  readonly grid: string;
  readonly font: string;
  /** The line of each stack. Dashes tell apart what colours alone would not, to some eyes and in high contrast. */
  readonly lines: readonly LineStyle[];
}

export interface LineStyle {
  readonly color: string;
  /** Lengths of dashes and gaps; empty for a solid line. */
  readonly dash: readonly number[];
}

const lineColors = ["red", "blue", "orange", "green", "purple", "yellow"];
const dashes: readonly (readonly number[])[] = [[], [6, 4], [2, 3], [10, 4, 2, 4]];

/** Reads the theme from the variables that the editor sets on the page. */
export function currentTheme(): Theme {
  const style = getComputedStyle(document.body);
  const variable = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const foreground = variable("--vscode-foreground", style.color);
  return {
    foreground,
    grid: variable("--vscode-contrastBorder", variable("--vscode-panel-border", "gray")),
    font: `12px ${variable("--vscode-font-family", "sans-serif")}`,
    lines: Array.from({ length: 8 }, (_, index) => ({
      color: variable(`--vscode-charts-${lineColors[index % lineColors.length]}`, foreground),
      dash: dashes[Math.floor(index / 2) % dashes.length] ?? [],
    })),
  };
}

/** Calls back when the user chose another theme. */
export function onThemeChange(redraw: () => void): void {
  new MutationObserver(redraw).observe(document.body, { attributes: true, attributeFilter: ["class"] });
}
