import type { Func, ProgramFile } from "../../program/model.ts";

/** Where an expression stands. */
export interface Where {
  readonly fn: Func | undefined;
  readonly file: ProgramFile;
}
