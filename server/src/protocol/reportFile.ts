/**
 * The report's page as one document that loads nothing: it may run `script`, the bundle of the page, and no other. `data`
 * is what it shows; null: it comes as messages. Nothing within the data can end the element they stand in: a dump's text
 * is hostile. `nonce`: letters and digits that nobody can guess.
 */
export function reportPage(script: string, nonce: string, data: unknown): string {
  const json = data === null ? "" : JSON.stringify(data).replaceAll("<", "\\u003c");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<title>Goroutines</title>
</head>
<body>
<script type="application/json" id="report-data">${json}</script>
<script nonce="${nonce}">${escapeScript(script)}</script>
</body>
</html>
`;
}

/** Nothing in the script may end its element, or open one within it. */
function escapeScript(script: string): string {
  return script.replaceAll(/<\/script/gi, "<\\/script").replaceAll("<!--", "<\\!--");
}
