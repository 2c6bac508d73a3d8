/** Numbers distinct strings in order of their first appearance. */
export class StringTable {
  readonly values: string[] = [];
  readonly #numbers = new Map<string, number>();

  has(value: string): boolean {
    return this.#numbers.has(value);
  }

  intern(value: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.values.length;
    this.values.push(value);
    this.#numbers.set(value, number);
    return number;
  }
}
