import type { ComparedDump, ComparedStack, CompareResult, FrameRef } from "../../../server/src/protocol/index.ts";
import { certaintyText } from "./certaintyText.ts";
import {
  changeName,
  countsText,
  grouped,
  joined,
  rateText,
  stackText,
  stateText,
  timeText,
  waitText,
} from "./changeTexts.ts";
import type { Localizer } from "./localizer.ts";

/** Order of the parts: what asks for attention first. */
const order: readonly ComparedStack["change"][] = [
  "outlier",
  "grown",
  "new",
  "stuck",
  "shrunk",
  "gone",
  "same",
  "even",
];

/** A comparison as a document to read, search, copy and share: findings, then the stacks by what became of them. */
export function comparisonText(title: string, result: CompareResult, l10n: Localizer): string {
  const { dumps, findings, stacks, total, problems } = result;
  const parts = order.flatMap((change) => changePart(change, stacks, dumps, l10n));
  const left = total - stacks.length;
  return [
    title,
    "=".repeat(title.length),
    "",
    ...dumps.map((dump, index) => dumpLine(dump, index, l10n)),
    ...problems.map((problem) => `  ! ${problem}`),
    "",
    ...findings.flatMap(({ certainty, message, evidence }) => [
      `[${certaintyText(certainty, l10n)}] ${message}`,
      ...evidence.map((text) => `  - ${text}`),
      "",
    ]),
    ...parts,
    ...(left > 0 ? [l10n.t("Stacks not listed: {0}. Show more in the view Changes.", grouped(left)), ""] : []),
  ].join("\n");
}

function dumpLine({ name, time, goroutines }: ComparedDump, index: number, l10n: Localizer): string {
  return `  ${index + 1}. ${joined([name, timeText(time), l10n.t("{0} goroutines", grouped(goroutines))])}`;
}

function changePart(
  change: ComparedStack["change"],
  stacks: readonly ComparedStack[],
  dumps: readonly ComparedDump[],
  l10n: Localizer,
): readonly string[] {
  const own = stacks.filter((stack) => stack.change === change);
  if (own.length === 0) {
    return [];
  }
  const heading = `${changeName(change, l10n)}: ${own.length}`;
  return [heading, "-".repeat(heading.length), "", ...own.flatMap((stack) => [...stackLines(stack, dumps, l10n), ""])];
}

function stackLines(stack: ComparedStack, dumps: readonly ComparedDump[], l10n: Localizer): readonly string[] {
  const { counts, perMinute, waitMinutes, frames, createdBy, isExact, change } = stack;
  const isFleet = change === "outlier" || change === "even";
  const head = isFleet
    ? stackText(stack, dumps, l10n)
    : joined([
        `${countsText(counts)}  ${rateText(perMinute)}`.trimEnd(),
        stateText(stack),
        waitText(waitMinutes, l10n),
      ]);
  return [
    head,
    ...(isExact ? [] : [`  (${l10n.t("matched by functions alone: the builds differ")})`]),
    ...frames.flatMap((frame) => frameLines(frame, "")),
    ...(createdBy === null ? [] : frameLines(createdBy, "created by ")),
  ];
}

/** As a dump prints it, so that places read and link as there. */
function frameLines(frame: FrameRef, prefix: string): readonly string[] {
  const place = frame.file === null ? [] : [`      ${frame.file}${frame.line === null ? "" : `:${frame.line}`}`];
  return [`  ${prefix}${frame.function}`, ...place];
}
