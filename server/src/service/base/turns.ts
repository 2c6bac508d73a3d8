import type { Steps } from "../../core/steps.ts";
import type { CancellationToken, Clock } from "./ports.ts";

/** Milliseconds a task runs before it lets others have their turns. */
const TURN = 5;
/** Turns of the loop that it gives away at a time: a small request is read in one, begun in the next, then answered. */
const GIVEN = 3;

/** Cuts a long task into turns: other requests, and the cancellation of this one, come through in between. */
export class Turns {
  readonly #clock: Clock;
  #start: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#start = clock.now();
  }

  /** Gives the turn away when it has lasted long enough. Look at the token behind it. */
  async pause(): Promise<void> {
    if (this.#isOver()) await this.#giveAway();
  }

  /** Takes the steps of a computation, with pauses in between. Undefined: it was called off. */
  async run<T>(steps: Steps<T>, token: CancellationToken): Promise<T | undefined> {
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
      if (this.#isOver()) await this.#giveAway();
      if (token.isCancellationRequested) return undefined;
    }
  }

  #isOver(): boolean {
    return this.#clock.now() - this.#start >= TURN;
  }

  async #giveAway(): Promise<void> {
    for (let turn = 0; turn < GIVEN; turn++) await this.#clock.yieldTurn();
    this.#start = this.#clock.now();
  }
}
