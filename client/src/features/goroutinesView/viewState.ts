import { EventEmitter, workspace, type Event, type Memento } from "vscode";
import type { GroupBy } from "../../../../server/src/protocol/index.ts";
import { ContextKeys, groupings, Memory, Settings, settingsSection } from "../../ids.ts";
import { ContextKey } from "../../util/contextKey.ts";

/** How the user wants to see the tree. The grouping is remembered for the workspace, the filter is not. */
export class ViewState {
  readonly #memory: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly #filteredKey = new ContextKey<boolean>(ContextKeys.filtered);
  readonly #groupByKey = new ContextKey<GroupBy>(ContextKeys.groupBy);
  #filter = "";

  constructor(memory: Memento) {
    this.#memory = memory;
    this.#setKeys();
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  get groupBy(): GroupBy {
    const fallback = workspace.getConfiguration(settingsSection).get<GroupBy>(Settings.groupBy, "stack");
    const wanted = this.#memory.get<GroupBy>(Memory.groupBy, fallback);
    return groupings.includes(wanted) ? wanted : "stack";
  }

  async setGroupBy(groupBy: GroupBy): Promise<void> {
    await this.#memory.update(Memory.groupBy, groupBy);
    this.#setKeys();
    this.#changed.fire();
  }

  /** Empty: everything is shown. */
  get filter(): string {
    return this.#filter;
  }

  set filter(filter: string) {
    this.#filter = filter;
    this.#setKeys();
    this.#changed.fire();
  }

  #setKeys(): void {
    this.#filteredKey.set(this.#filter !== "");
    this.#groupByKey.set(this.groupBy);
  }
}
