import { inBackground } from "./answer.ts";
import type { Logger } from "../service/base/ports.ts";
import type { Platform } from "./platform.ts";

/** Milliseconds after which what was closed will hardly be opened again at once, as a change of language does. */
const DELAY = 1000;

/** When memory is given back. */
export interface MemoryRelease {
  /** Something large was closed. */
  closed(): void;
  /** Something was opened: to collect garbage now would take longer than to read it. The wait begins anew. */
  opened(): void;
}

/** Has the platform give memory back, once for all that is closed at about the same time. */
export function memoryRelease(
  { after, collectGarbage }: Pick<Platform, "after" | "collectGarbage">,
  logger: Logger,
): MemoryRelease {
  let callOff: (() => void) | undefined;
  const release = async (): Promise<void> => {
    callOff = undefined;
    await collectGarbage?.();
  };
  const wait = (): void => {
    callOff?.();
    callOff = after(DELAY, () => inBackground("giving memory back", { logger }, release));
  };
  return {
    closed: () => {
      if (collectGarbage !== undefined) wait();
    },
    opened: () => {
      if (callOff !== undefined) wait();
    },
  };
}
