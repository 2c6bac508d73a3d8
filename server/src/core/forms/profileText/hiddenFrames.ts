import { stateInfo } from "../../model/state.ts";
import { UNKNOWN_STATE } from "../../names/inferState.ts";

/** `chansend1`, `chanrecv1` and `chanrecv2`. */
const CALLERS = 3;

/** A record of which the printed frames do not say what its goroutines do. */
interface Unclear {
  readonly row: number;
  /** Addresses that stand before the first printed frame: the runtime's, innermost first. */
  readonly hidden: readonly string[];
}

/** Kinds of records: those whose park says nothing about channels. */
const PARKED: ReadonlySet<string> = new Set(["sleep", "io", "lock", "wait-group", "condition", "semaphore"]);

/**
 * What the frames of the runtime say that a profile as text leaves out of its lines, but not of its addresses
 * (`runtime/pprof`, `printStackRecord`). Goroutines that sleep or wait for the network are parked in `runtime.gopark`, the
 * innermost address of theirs. Whoever else stands there is parked as well: behind `selectgo` alone, or behind
 * `chansend` and `chansend1`, or `chanrecv` and `chanrecv1` or `chanrecv2`. These stand in this order in `runtime/chan.go`
 * and in the program (Go 1.19 to 1.27).
 */
export class HiddenFrames {
  readonly #unclear: Unclear[] = [];
  /** Innermost addresses of goroutines that are parked for sure. */
  readonly #parks = new Set<string>();

  /** A record with all its addresses and that of its first printed frame. */
  add(row: number, state: string, addresses: readonly string[], printed: string): void {
    const hidden = hiddenOf(addresses, printed);
    const [innermost] = hidden;
    if (innermost === undefined) return;
    if (state === UNKNOWN_STATE) this.#unclear.push({ row, hidden });
    else if (PARKED.has(stateInfo(state).kind)) this.#parks.add(innermost);
  }

  /**
   * The rows whose state the addresses show, with that state; undefined: they send or receive, all of them the same, and
   * which it is the addresses do not tell.
   */
  *states(): Iterable<readonly [row: number, state: string | undefined]> {
    const parked = this.#unclear.filter(({ hidden }) => this.#parks.has(hidden[0]!));
    const atChannels = parked.filter(({ hidden }) => hidden.length === 3);
    const sends = sendersOf(atChannels);
    const isOneKind = new Set(atChannels.map(({ hidden }) => hidden[2])).size === 1;
    for (const { row, hidden } of parked) {
      if (hidden.length === 2) yield [row, "select"];
      else if (hidden.length !== 3) continue;
      else if (sends !== undefined) yield [row, sends.has(hidden[2]!) ? "chan send" : "chan receive"];
      else if (isOneKind) yield [row, undefined];
    }
  }
}

/** The address of a printed frame is that of its call; in the list stands where the call returns to. */
function hiddenOf(addresses: readonly string[], printed: string): readonly string[] {
  const at = Number(printed);
  const index = addresses.findIndex((address) => Number(address) === at || Number(address) === at + 1);
  return index < 0 ? [] : addresses.slice(0, index);
}

/**
 * The addresses in `chansend1` among those of calls for a channel. Undefined: the program has calls of one kind only, so
 * nothing tells which.
 */
function sendersOf(parked: readonly Unclear[]): ReadonlySet<string> | undefined {
  const inner = new Map<string, number>();
  for (const { hidden } of parked) inner.set(hidden[2]!, Number(hidden[1]));
  const callers = [...inner.keys()].sort((a, b) => Number(a) - Number(b));
  const [first] = callers;
  // More than these three are something else.
  if (first === undefined || callers.length > CALLERS) return undefined;
  // `chanrecv` is called from two functions, `chansend` from one.
  const isReceived = callers.some((caller) => caller !== first && inner.get(caller) === inner.get(first));
  if (isReceived) return new Set();
  // All of `chansend` stands before `chanrecv1`.
  const isSent = callers.length > 1 && callers.slice(1).every((caller) => inner.get(first)! < Number(caller));
  return isSent ? new Set([first]) : undefined;
}
