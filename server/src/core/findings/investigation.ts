import { Closure } from "../leaks/closure.ts";
import { LockReports } from "../locks/lockReports.ts";
import type { Analysis } from "./analysis.ts";

/** What rules work with: the analysis, and what is worked out of it once, when a rule asks for it. */
export class Investigation {
  readonly analysis: Analysis;
  #closure: Closure | undefined;
  #locks: LockReports | undefined;

  constructor(analysis: Analysis) {
    this.analysis = analysis;
  }

  /** Who could wake whom. */
  get closure(): Closure {
    return (this.#closure ??= new Closure(this.analysis));
  }

  /** Which locks are waited for, and who holds them. */
  get locks(): LockReports {
    return (this.#locks ??= new LockReports(this.analysis));
  }
}
