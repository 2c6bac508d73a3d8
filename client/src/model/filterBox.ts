import type { FilterCompletion, FilterHelp } from "../../../server/src/protocol/index.ts";
import type { Localizer } from "./localizer.ts";
import { withoutIcons } from "./withoutIcons.ts";

/** Past filters that are kept. */
const pastLimit = 20;

/** A row of the box: what the filter does, how it may go on, or one that was used before. */
export type FilterRow =
  | { readonly kind: "apply" | "fault"; readonly label: string }
  /** `filter` is what stands in the box when the row is chosen. */
  | {
      readonly kind: "completion" | "past";
      readonly label: string;
      readonly description: string;
      readonly filter: string;
    };

/** The rows for what is typed: first what Enter does. */
export function filterRows(
  filter: string,
  help: FilterHelp | undefined,
  past: readonly string[],
  l10n: Localizer,
): readonly FilterRow[] {
  const completions = (help?.completions ?? []).map((one) => completionRow(filter, one));
  const before = past
    .filter((one) => one !== filter && one.includes(filter))
    .map((one) => ({ kind: "past", label: withoutIcons(one), description: "", filter: one }) as const);
  return [firstRow(filter, help, l10n), ...completions, ...before];
}

/** Past filters with one more, each once. */
export function remembered(past: readonly string[], filter: string): readonly string[] {
  return [filter, ...past.filter((one) => one !== filter)].slice(0, pastLimit);
}

function firstRow(filter: string, help: FilterHelp | undefined, l10n: Localizer): FilterRow {
  if (help?.fault !== null && help !== undefined)
    return { kind: "fault", label: `$(error) ${withoutIcons(help.fault)}` };
  if (filter.trim() === "") return { kind: "apply", label: `$(clear-all) ${l10n.t("Show all goroutines")}` };
  const shown = help?.shown;
  const what =
    shown === null || shown === undefined
      ? l10n.t("Filter by this")
      : l10n.t("Show {0} of {1} goroutines", grouped(shown.goroutines), grouped(shown.of));
  return { kind: "apply", label: `$(filter) ${what}` };
}

/** A name may be followed at once by its value; a value by the next condition. */
function completionRow(filter: string, { start, text, meaning }: FilterCompletion): FilterRow {
  const end = text.endsWith(":") ? "" : " ";
  return {
    kind: "completion",
    label: withoutIcons(text),
    description: withoutIcons(meaning),
    filter: `${filter.slice(0, start)}${text}${end}`,
  };
}

/** Thousands apart: 1,000,000. */
function grouped(value: number): string {
  return value.toLocaleString("en-US");
}
