import type { Localizer } from "./localizer.ts";

/** The editor's own command that asks which other editor a file is opened with. */
export const reopenCommand = "workbench.action.reopenWithEditor";

/**
 * The page in the place of a file that holds no goroutines: what it is, and the way to the other editors. It runs no
 * script and loads nothing; every text in it is escaped.
 */
export function refusedPage(name: string, why: string, l10n: Localizer): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>${escapeHtml(name)}</title>
</head>
<body>
<h1>${escapeHtml(name)}</h1>
<p>${escapeHtml(why)}</p>
<p><a href="command:${reopenCommand}">${escapeHtml(l10n.t("Open With..."))}</a></p>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
