import type { ParseAnswer, ParseTask, ParseThreads } from "../../server/src/service/parseThread/parseTask.ts";
import { serveParse } from "../../server/src/service/parseThread/serveParse.ts";

/** Parsing threads within this one, slower than who sends to them: messages take turns and buffers move, as between real ones. */
export interface FakeThreads extends ParseThreads {
  /** Threads that were started and have not ended. */
  readonly running: () => number;
  /** Chunks that were posted and are not parsed, at most so far. */
  readonly mostInFlight: () => number;
}

/** How a thread starts: it serves; or it fails; or nothing is heard of it. */
export type Start = "serves" | "fails" | "is silent";

/** A millisecond of `after` is a turn of the loop: however busy the machine, a thread that is only slow is not given up. */
export function fakeThreads(start: Start = "serves"): FakeThreads {
  let [running, inFlight, most] = [0, 0, 0];
  return {
    running: () => running,
    mostInFlight: () => most,
    after: (milliseconds, run) => {
      let left = milliseconds;
      const tick = (): void => (left-- > 0 ? void (next = setImmediate(tick)) : run());
      let next = setImmediate(tick);
      return () => clearImmediate(next);
    },
    start: () => {
      running++;
      let hasEnded = false;
      let serve: ((task: ParseTask) => void) | undefined;
      let tasks: Promise<void> = Promise.resolve();
      return {
        post: (task, transfer) => {
          if (task.kind === "chunk") most = Math.max(most, ++inFlight);
          const moved = structuredClone(task, { transfer });
          tasks = tasks.then(someTurns).then(() => void (hasEnded || serve?.(moved)));
        },
        listen: (take, fail) => {
          const send = (answer: ParseAnswer, transfer: ArrayBuffer[] = []): void => {
            const moved = structuredClone(answer, { transfer });
            setImmediate(() => {
              if (moved.kind === "taken") inFlight--;
              if (!hasEnded) take(moved);
            });
          };
          if (start === "serves") serve = serveParse(send);
          if (start === "fails") setImmediate(() => fail(new Error("not allowed")));
        },
        end: () => {
          hasEnded = true;
          running--;
        },
      };
    },
  };
}

async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => void setImmediate(resolve));
}
