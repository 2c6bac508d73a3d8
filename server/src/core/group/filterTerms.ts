import { at } from "../model/column.ts";
import { type Dump, type Label, NO_ID, NO_LABELS, NO_WAIT } from "../model/dump.ts";
import { stackOf } from "../model/stack.ts";
import { splitFunctionName } from "../names/functionName.ts";
import { creatorRows, rowsBelow } from "./ancestry.ts";
import type { FilterTerm } from "./filterQuery.ts";
import type { Group } from "./groups.ts";

/** What a filter is told beyond the dump. */
export interface FilterFacts {
  /** Whether a finding concerns a row; absent: there are none. */
  readonly isBlamed?: (row: number) => boolean;
}

/** What a group shows to text terms, in lower case. */
interface Words {
  readonly functions: readonly string[];
  readonly packages: readonly string[];
  readonly files: readonly string[];
  readonly created: string;
}

/** Answers single conditions for groups and rows of one dump. */
export class TermMatcher {
  readonly #dump: Dump;
  readonly #facts: FilterFacts;
  readonly #ancestors = new Map<FilterTerm, Uint8Array>();
  #group: Group | undefined;
  #words: Words | undefined;

  constructor(dump: Dump, facts: FilterFacts) {
    this.#dump = dump;
    this.#facts = facts;
  }

  /** Whether the condition holds for all goroutines of the group, for none, or it depends (undefined). */
  ofGroup(group: Group, term: FilterTerm): boolean | undefined {
    const { field, text, spans } = term;
    const isIn = (value: string): boolean => value.includes(text);
    switch (field) {
      case "state":
        return isIn(group.state.toLowerCase());
      case "func":
        return this.#wordsOf(group).functions.some(isIn);
      case "pkg":
        return this.#wordsOf(group).packages.some(isIn);
      case "file":
        return this.#wordsOf(group).files.some(isIn);
      case "created":
        return isIn(this.#wordsOf(group).created) || (isNumber(text) ? undefined : false);
      case "count":
        return spans.some(({ least, most }) => group.count >= least && group.count <= most);
      case "any":
        return this.#isShown(group, text) || (isNumber(text) || this.#dump.labelSets.length > 1 ? undefined : false);
      case "has":
        return this.#groupHas(group, text);
      default:
        return undefined;
    }
  }

  /** Whether a condition that depends on the goroutine holds for that one. */
  ofRow(row: number, term: FilterTerm): boolean {
    const { goroutines, labelSets } = this.#dump;
    const { field, text, spans } = term;
    const isWithin = (value: number): boolean => spans.some(({ least, most }) => value >= least && value <= most);
    switch (field) {
      case "id":
        return isWithin(at(goroutines.id, row));
      case "wait": {
        // A header without minutes has waited for less than one, as far as it says.
        const wait = at(goroutines.wait, row);
        return isWithin(wait === NO_WAIT ? 0 : wait);
      }
      case "created":
        return at(goroutines.creator, row) === Number(text);
      case "ancestor":
        return this.#below(term)[row] === 1;
      case "has":
        return this.#rowHas(row, text);
      case "any":
        return isNumber(text) && at(goroutines.id, row) === Number(text)
          ? true
          : hasLabel(labelSets[at(goroutines.labels, row)] ?? [], text);
      default:
        return hasLabel(labelSets[at(goroutines.labels, row)] ?? [], text);
    }
  }

  /** `goroutine` is what every header begins with. */
  #isShown(group: Group, text: string): boolean {
    const words = this.#wordsOf(group);
    const isIn = (value: string): boolean => value.includes(text);
    return (
      "goroutine".startsWith(text) ||
      isIn(group.state.toLowerCase()) ||
      isIn(words.created) ||
      words.functions.some(isIn) ||
      words.files.some(isIn)
    );
  }

  #groupHas(group: Group, what: string): boolean | undefined {
    if (what === "creator") return this.#wordsOf(group).created !== "";
    if (what === "wait") return group.wait === null ? false : group.unwaited === 0 ? true : undefined;
    return undefined;
  }

  #rowHas(row: number, what: string): boolean {
    const { wait, labels } = this.#dump.goroutines;
    if (what === "finding") return this.#facts.isBlamed?.(row) === true;
    return what === "wait" ? at(wait, row) !== NO_WAIT : at(labels, row) !== NO_LABELS;
  }

  /** Rows of which an ancestor is, or was started by, what the term names. */
  #below(term: FilterTerm): Uint8Array {
    const known = this.#ancestors.get(term);
    if (known !== undefined) return known;
    const { goroutines } = this.#dump;
    const id = isNumber(term.text) ? Number(term.text) : NO_ID;
    const created = new Map<number, boolean>();
    const isCreatedBy = (stack: number): boolean => {
      const before = created.get(stack);
      if (before !== undefined) return before;
      const holds = stackOf(this.#dump, stack).createdBy?.function.toLowerCase().includes(term.text) === true;
      created.set(stack, holds);
      return holds;
    };
    const below = rowsBelow(creatorRows(this.#dump), (row) =>
      id === NO_ID ? isCreatedBy(at(goroutines.stack, row)) : at(goroutines.creator, row) === id,
    );
    this.#ancestors.set(term, below);
    return below;
  }

  #wordsOf(group: Group): Words {
    if (this.#group !== group || this.#words === undefined) {
      this.#group = group;
      this.#words = wordsOf(this.#dump, group);
    }
    return this.#words;
  }
}

function wordsOf(dump: Dump, { stack }: Group): Words {
  const { frames, createdBy } = stackOf(dump, stack);
  const all = createdBy === null ? frames : [...frames, createdBy];
  return {
    functions: frames.map((frame) => frame.function.toLowerCase()),
    packages: frames.map((frame) => splitFunctionName(frame.function).packagePath.toLowerCase()),
    files: all.map(({ file, line }) => `${file ?? ""}:${line ?? ""}`.toLowerCase()),
    created: createdBy?.function.toLowerCase() ?? "",
  };
}

function isNumber(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

/** `key=value` wants that key and a value that holds the text; else key or value hold it. */
function hasLabel(labels: readonly Label[], text: string): boolean {
  return labels.some(([key, value]) => `${key}=${value}`.toLowerCase().includes(text));
}
