import type { Finding } from "../findings/finding.ts";
import { joinRows, rowsOf } from "../group/groups.ts";
import { at } from "../model/column.ts";
import type { Frame, Stack } from "../model/stack.ts";
import { EMPTY_STACK } from "../model/stackTrie.ts";
import type { ComparedGroup, Latest } from "./comparison.ts";
import type { Message } from "../text/say.ts";
import { titleOf } from "../findings/title.ts";

/** What a rule says of a stack over a series. */
export type SeriesStatement = Pick<Finding, "rule" | "certainty" | "message" | "evidence"> & {
  /** What is wrong, in at most some 38 characters: with the place it is the title. */
  readonly what: Message;
};

/** Where a stack stands in the last dump, and the finding that a statement makes of it. */
export interface SeriesPlace {
  readonly stack: Stack;
  /** The innermost frame of the user's code, else the innermost at all; null without frames. */
  readonly place: Frame | null;
  readonly finding: (statement: SeriesStatement) => Finding;
}

/** A finding about all goroutines that a stack has in the last dump, shown at the first of them. */
export function seriesFinding(
  { dump, groups, facts }: Latest,
  { groups: inDumps, counts }: ComparedGroup,
): SeriesPlace {
  const inLast = inDumps.at(-1) ?? [];
  const stack = facts.stack(inLast[0]?.stack ?? EMPTY_STACK);
  const { frames } = stack;
  const place = frames.find(({ id }) => facts.of(id).isUser) ?? frames[0] ?? null;
  const joined = joinRows(inLast.map((group) => rowsOf(groups, group)));
  // In the order of the text, as one group's are.
  const rows = inLast.length > 1 ? joined.sort() : joined;
  return {
    stack,
    place,
    finding: ({ rule, certainty, message, evidence, what }) => ({
      rule,
      certainty,
      message,
      evidence,
      evidenceClass: rule,
      title: titleOf(what, place),
      count: counts.at(-1) ?? 0,
      rows,
      dumpLine: at(dump.goroutines.line, rows[0] ?? 0),
      frame: place?.id ?? null,
      root: null,
      cycle: null,
      related: [],
    }),
  };
}
