/** What a rule may be called: a link from elsewhere must not lead to other files. */
const ruleName = /^[a-z]+(?:-[a-z]+)*$/;

/** Where the page of a rule may be within the extension: in the reader's language, then in English. None: that is no rule. */
export function rulePagePaths(rule: unknown, language: string): readonly string[] {
  if (typeof rule !== "string" || !ruleName.test(rule)) return [];
  const english = `docs/rules/${rule}.md`;
  return /^[a-z]{2,3}(?:-[a-z]+)*$/i.test(language)
    ? [`docs/rules/${language.toLowerCase()}/${rule}.md`, english]
    : [english];
}
