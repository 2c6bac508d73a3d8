/** A machine without a locale has a tag that JavaScript does not take (`en-US@posix`): numbers are English then. */
export function canonicalTag(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en";
  } catch {
    return "en";
  }
}

// A library that writes numbers in the browser's language as soon as it is loaded would stop the page there: this is
// imported before it.
if (typeof navigator === "object" && canonicalTag(navigator.language) !== navigator.language) {
  Object.defineProperty(navigator, "language", { value: canonicalTag(navigator.language), configurable: true });
}
