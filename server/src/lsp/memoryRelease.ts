import { inBackground } from "./answer.ts";
import type { Logger } from "../service/base/ports.ts";
import type { Platform } from "./platform.ts";

/** Milliseconds after which what was closed will hardly be opened again at once, as a change of language does. */
const DELAY = 1000;

/** Has the platform give memory back, once for all that is closed at about the same time. */
export function memoryRelease(
  { after, collectGarbage }: Pick<Platform, "after" | "collectGarbage">,
  logger: Logger,
): () => void {
  let callOff: (() => void) | undefined;
  return () => {
    if (collectGarbage === undefined) return;
    callOff?.();
    callOff = after(DELAY, () => inBackground("giving memory back", { logger }, collectGarbage));
  };
}
