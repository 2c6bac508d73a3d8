import type { Verdict } from "./judge.ts";

/** How often a class was right. */
export interface ClassRow {
  readonly class: string;
  right: number;
  wrong: number;
}

/** Counts the verdicts of each class, the most wrong first. */
export function tableOf(verdicts: readonly Pick<Verdict, "class" | "isRight">[]): readonly ClassRow[] {
  const rows = new Map<string, ClassRow>();
  for (const verdict of verdicts) {
    const row = rows.get(verdict.class) ?? { class: verdict.class, right: 0, wrong: 0 };
    if (verdict.isRight) row.right++;
    else row.wrong++;
    rows.set(verdict.class, row);
  }
  return [...rows.values()].sort((a, b) => b.wrong - a.wrong || b.right - a.right || a.class.localeCompare(b.class));
}

/** The share of right verdicts; 1 where there are none. */
export function precision({ right, wrong }: { right: number; wrong: number }): number {
  return right + wrong === 0 ? 1 : right / (right + wrong);
}

/** The table as text. */
export function printTable(rows: readonly ClassRow[]): string {
  const width = rows.reduce((most, row) => Math.max(most, row.class.length), 30);
  const lines = rows.map(
    (row) =>
      `${row.class.padEnd(width)} ${String(row.right).padStart(5)} ${String(row.wrong).padStart(5)} ${percent(precision(row))}`,
  );
  return [`${"rule | reason | wait".padEnd(width)} right wrong`, ...lines].join("\n");
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`.padStart(8);
}
