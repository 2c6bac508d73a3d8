import { EventEmitter, workspace, type Event, type Memento } from "vscode";
import type { GroupBy, SortBy } from "../../../../server/src/protocol/index.ts";
import { ContextKeys, groupings, Memory, Settings, settingsSection, sortings } from "../../ids.ts";
import { remembered } from "../../model/filterBox.ts";
import { ContextKey } from "../../util/contextKey.ts";

/** How the user wants to see the tree. Grouping, order and past filters are remembered for the workspace. */
export class ViewState {
  readonly #memory: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly #filteredKey = new ContextKey<boolean>(ContextKeys.filtered);
  #filter = "";

  constructor(memory: Memento) {
    this.#memory = memory;
    this.#filteredKey.set(false);
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  get groupBy(): GroupBy {
    return this.#choice(Memory.groupBy, Settings.groupBy, groupings, "stack");
  }

  async setGroupBy(groupBy: GroupBy): Promise<void> {
    await this.#memory.update(Memory.groupBy, groupBy);
    this.#changed.fire();
  }

  get sortBy(): SortBy {
    return this.#choice(Memory.sortBy, Settings.sortBy, sortings, "interest");
  }

  async setSortBy(sortBy: SortBy): Promise<void> {
    await this.#memory.update(Memory.sortBy, sortBy);
    this.#changed.fire();
  }

  /** Empty: everything is shown. */
  get filter(): string {
    return this.#filter;
  }

  async setFilter(filter: string): Promise<void> {
    this.#filter = filter;
    this.#filteredKey.set(filter !== "");
    this.#changed.fire();
    if (filter !== "") await this.#memory.update(Memory.filters, remembered(this.pastFilters, filter));
  }

  /** Filters that were used here, the latest first. */
  get pastFilters(): readonly string[] {
    return this.#memory.get<readonly string[]>(Memory.filters, []);
  }

  /** What the user chose in the view, else the setting, else the fallback: both may hold anything. */
  #choice<T extends string>(memory: string, setting: string, all: readonly T[], fallback: T): T {
    const wanted = this.#memory.get(memory, workspace.getConfiguration(settingsSection).get<T>(setting, fallback));
    return all.find((one) => one === wanted) ?? fallback;
  }
}
