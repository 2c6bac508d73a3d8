import { readId } from "../../model/dump.ts";

/** The lines of a race report that head a section (ThreadSanitizer's Go half, `race_*.syso`). */
export type RaceLine =
  /** `Previous write at 0x00c00001a0c8 by goroutine 7:`; 0 is the main goroutine. */
  | { readonly kind: "access"; readonly operation: string; readonly address: string | null; readonly goroutine: number }
  /** `Goroutine 7 (finished) created at:` */
  | { readonly kind: "creation"; readonly goroutine: number; readonly status: string }
  /** `Heap block of size 8 at 0x00c00001a0c8 allocated by main goroutine:`, `Global var x of size 8 ...` */
  | { readonly kind: "memory" };

const ACCESS =
  /^((?:Previous )?(?:[Aa]tomic )?(?:[Rr]ead|[Ww]rite))(?: of size \d+)?(?: at (0x[0-9a-f]+))? by (?:main goroutine|goroutine (\d+)):?$/;
const CREATION = /^Goroutine (\d+) \((\w+)\) created at:$/;
const MEMORY = /^(?:Heap block of size|Global var ) ?\S/;

/** The head of a section that a line is, or undefined. */
export function readRaceLine(text: string): RaceLine | undefined {
  const access = ACCESS.exec(text);
  if (access !== null) {
    const [, operation = "", address = null, goroutine = "0"] = access;
    return { kind: "access", operation, address, goroutine: readId(goroutine ?? "") };
  }
  const creation = CREATION.exec(text);
  if (creation !== null) return { kind: "creation", goroutine: readId(creation[1] ?? ""), status: creation[2] ?? "" };
  return MEMORY.test(text) ? { kind: "memory" } : undefined;
}
