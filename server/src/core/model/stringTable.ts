/** Numbers distinct strings in order of their first appearance. */
export class StringTable {
  readonly values: string[] = [];
  readonly #numbers = new Map<string, number>();

  intern(value: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.values.length;
    this.values.push(value);
    this.#numbers.set(value, number);
    return number;
  }
}
