import { append } from "../lists.ts";
import { NO_ID } from "../model/dump.ts";

/** Of a value that may be shared, or whose owner's address is not known. */
export const NO_OWNER = -1;

/** Which of the values that one place of the source makes: as far as the dump tells. */
export interface Value {
  /** Id of the goroutine whose call made it; {@link NO_ID}: not known. */
  readonly maker: number;
  /** The kind of object that has it alone, and the object's address; {@link NO_OWNER}: not known. */
  readonly kind: number;
  readonly owner: string;
}

/** Rows by the kind and address of the object that has what they wait for; "" where it is not known. */
type ByOwner = Map<string, number[]>;

/** The goroutines that wait until one thing is done to a value, by what is known of the value. */
export class Waiting {
  readonly #byMaker = new Map<number, Map<number, ByOwner>>();
  /** Those with an owner, whoever made the value. */
  readonly #byOwner: ByOwner = new Map();
  readonly #served = new Set<string>();

  wait({ maker, kind, owner }: Value, row: number): void {
    const byKind = getOr(this.#byMaker, maker, () => new Map<number, ByOwner>());
    getOr(getOr(byKind, kind, newByOwner), owner, newRows).push(row);
    if (kind !== NO_OWNER) getOr(this.#byOwner, `${kind} ${owner}`, newRows).push(row);
  }

  /**
   * Somebody can do it to that value: the rows of all that may wait for just this one. Values are told apart by their
   * makers where both are known, and by their owners where both are of one kind. All calls together take time in
   * proportion to the rows.
   */
  serve({ maker, kind, owner }: Value): readonly number[] {
    const found = this.#serveOthers(maker, kind);
    if (kind === NO_OWNER || !this.#isFirst(`${maker} ${kind} ${owner}`)) return found;
    if (maker === NO_ID) append(found, this.#byOwner.get(`${kind} ${owner}`) ?? []);
    else for (const byKind of this.#of(maker)) append(found, byKind.get(kind)?.get(owner) ?? []);
    return found;
  }

  /**
   * Somebody can do it to the value of some object of that kind: the rows of all that may wait for it, but for those whose
   * object is known to be another one. `way`: names who is known.
   */
  serveSome(
    { maker, kind }: Pick<Value, "maker" | "kind">,
    way: string,
    isKnown: (owner: string, row: number) => boolean,
  ) {
    const found = this.#serveOthers(maker, kind);
    if (!this.#isFirst(`${maker} ${kind} by ${way}`)) return found;
    for (const byKind of this.#of(maker)) {
      for (const [owner, rows] of byKind.get(kind) ?? [])
        append(
          found,
          rows.filter((row) => !isKnown(owner, row)),
        );
    }
    return found;
  }

  /** The rows of those whose object cannot be compared with one of that kind. */
  #serveOthers(maker: number, kind: number): number[] {
    const found: number[] = [];
    if (this.#isFirst(`${maker} ${kind}`)) for (const byKind of this.#of(maker)) takeOthers(byKind, kind, found);
    return found;
  }

  #of(maker: number): readonly Map<number, ByOwner>[] {
    if (maker === NO_ID) return [...this.#byMaker.values()];
    return [maker, NO_ID].flatMap((id) => this.#byMaker.get(id) ?? []);
  }

  #isFirst(key: string): boolean {
    if (this.#served.has(key)) return false;
    this.#served.add(key);
    return true;
  }
}

/** Takes those that wait for what objects of that kind cannot be compared with. */
function takeOthers(byKind: Map<number, ByOwner>, kind: number, found: number[]): void {
  for (const [other, byOwner] of byKind) {
    if (other === kind && kind !== NO_OWNER) continue;
    for (const rows of byOwner.values()) append(found, rows);
    byKind.delete(other);
  }
}

const newByOwner = (): ByOwner => new Map();
const newRows = (): number[] => [];

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
