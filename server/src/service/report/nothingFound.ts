/** What a report says of a dump without findings; `shown`: goroutines that a filter lets through, of all. */
export function nothingFound({ shown, total }: { readonly shown: number; readonly total: number }): string {
  if (shown === total) return "Nothing looks leaked, stuck or deadlocked.";
  return shown === 0
    ? "No goroutine matches the filter."
    : "Nothing that the filter lets through looks leaked, stuck or deadlocked.";
}
