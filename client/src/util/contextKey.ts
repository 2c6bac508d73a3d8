import { commands } from "vscode";

/** A context key of the manifest's `when` clauses. */
export class ContextKey<T extends string | boolean> {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  set(value: T): void {
    void commands.executeCommand("setContext", this.#name, value);
  }
}
