import type { Func, Variable } from "../../program/model.ts";
import { Counted } from "./counted.ts";
import { ENDS } from "./ends.ts";
import { addTo, type Flow, type Operation } from "../values/flow.ts";
import { heldLines, type HeldLines } from "./holding.ts";
import type { Aimed } from "./holds.ts";
import type { OperationKind } from "../values/operationKind.ts";
import type { Threat, Threats } from "./threat.ts";
import { ThreatFinder } from "./threats.ts";
import type { Site } from "../values/values.ts";
import type { Budget } from "./visits.ts";

/** What takes nothing from those who wait, and gives them nothing. */
const ENDING: ReadonlySet<OperationKind> = new Set(["close", "cancel"]);

/** A place from which something may be done. */
interface EndingThreat extends Threat {
  /** Whether it closes the channel or cancels the context: of no use to who is blocked sending, and no work for others. */
  readonly isEnd: boolean;
}

/** A thing that some goroutine waits for, and from where it may still be done. */
export interface Demand {
  readonly what: number;
  readonly isAnytime: boolean;
  readonly isOpen: boolean;
  /** Whether a signal to the program does it. */
  readonly isBySignal: boolean;
  readonly threats: readonly EndingThreat[];
  /** Of a lock or a slot whose holders the lines tell. */
  readonly held: readonly HeldLines[];
}

/** A place from which something that is waited for may be done. */
export interface AimedThreat extends Aimed<EndingThreat> {
  /** What it ends. */
  readonly kind: OperationKind;
  /** A WaitGroup that those who wait count down only when their wait has ended; undefined: there is none. */
  readonly owed: Variable | undefined;
}

/** What the goroutines of a dump wait for, and by function from where it may still be done. */
export class Demands {
  readonly #flow: Flow;
  readonly #budget: Budget;
  readonly #demands = new Map<string, Demand>();
  readonly #threats = new Map<Func, AimedThreat[]>();
  readonly #held = new Map<Func, Aimed<HeldLines>[]>();

  constructor(flow: Flow, budget: Budget) {
    this.#flow = flow;
    this.#budget = budget;
  }

  /** The places of a function from which something that is waited for may be done. */
  threatsIn(fn: Func): readonly AimedThreat[] {
    return this.#threats.get(fn) ?? [];
  }

  /** The lines of a function at which it holds something that is waited for. */
  heldIn(fn: Func): readonly Aimed<HeldLines>[] {
    return this.#held.get(fn) ?? [];
  }

  /**
   * The thing that ends an operation of that kind on a value of that site; another one for those who owe a WaitGroup a Done
   * until then.
   */
  of(site: Site, kind: OperationKind, owed?: Variable): Demand {
    const key = `${site.id} ${kind} ${owed?.id}`;
    let demand = this.#demands.get(key);
    if (demand === undefined) {
      demand = this.#new(site, kind, this.#demands.size);
      this.#demands.set(key, demand);
      const { what } = demand;
      for (const threat of demand.threats) addTo(this.#threats, threat.fn, { ...threat, what, kind, owed });
      for (const lines of demand.held) addTo(this.#held, lines.fn, { ...lines, what });
    }
    return demand;
  }

  #new(site: Site, kind: OperationKind, what: number): Demand {
    const finder = new ThreatFinder(this.#flow, this.#budget);
    const held = heldLines(this.#flow, site, kind, (variable, path) => finder.isOwn(variable, path));
    const isBySignal = kind === "receive" && this.#isNotified(site);
    if (held !== undefined) return { what, isAnytime: false, isOpen: false, isBySignal, threats: [], held };
    const ends = ENDS.get(kind) ?? [];
    const operations = this.#flow.operations.filter(
      (operation) => ends.includes(operation.kind) && this.#isOn(operation, site),
    );
    const counted = new Counted(this.#flow, operations);
    const known = new Map(operations.map((operation) => [operation, counted.placesOf(operation)]));
    const others = operations.filter((operation) => known.get(operation) === undefined);
    const ending = this.#find(site, others.filter(isEnding));
    const doing = this.#find(
      site,
      others.filter((one) => !isEnding(one)),
    );
    const isAnytime = ending.isAnytime || doing.isAnytime || this.#isCancelGiven(site);
    const counting = [...known.values()].flatMap((one) => one ?? []);
    const threats = [
      ...[...counting, ...doing.places].map((one) => ({ ...one, isEnd: false })),
      ...ending.places.map((one) => ({ ...one, isEnd: true })),
    ];
    return { what, isAnytime, isOpen: ending.isOpen || doing.isOpen, isBySignal, threats, held: [] };
  }

  #find(site: Site, operations: readonly Operation[]): Threats {
    return new ThreatFinder(this.#flow, this.#budget).find(operations, {
      key: `s${site.id}`,
      is: (one) => one === site || this.#isFunctionOf(one, site),
    });
  }

  #isNotified(site: Site): boolean {
    const { notified, values } = this.#flow;
    return site.isBySignal === true || notified.some((node) => values.held(node).has(site));
  }

  /** Whether calling it does something to what a site makes. */
  #isFunctionOf({ kind, parent }: Site, site: Site): boolean {
    if (kind === "cancel") return parent === site.id;
    return kind === "bound" && parent !== undefined && this.#flow.values.held(parent).has(site);
  }

  #isOn({ kind, node }: Operation, site: Site): boolean {
    const { values } = this.#flow;
    const held = values.held(kind === "wait" && site.kind === "mutex" ? values.elementOf(node) : node);
    if (kind !== "cancel") return held.has(site);
    for (const one of held) if (one.kind === "cancel" && one.parent === site.id) return true;
    return false;
  }

  /** Whether code outside of the program has the context's cancel function. */
  #isCancelGiven({ id }: Site): boolean {
    for (const one of this.#flow.values.held(this.#flow.values.outside)) {
      if (one.kind === "cancel" && one.parent === id) return true;
    }
    return false;
  }
}

function isEnding({ kind }: Operation): boolean {
  return ENDING.has(kind);
}
