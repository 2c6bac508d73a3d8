import type { Reporter, TestCase } from "vitest/node";

/** Says at the end why a test had to be tried again: a test that passes at last would hide it. */
export default class TriesReporter implements Reporter {
  readonly #lines: string[] = [];

  onTestCaseResult(test: TestCase): void {
    const { state, errors = [] } = test.result();
    if (state !== "passed" || errors.length === 0) return;
    this.#lines.push(`tried again: ${test.fullName}`, ...errors.map(({ message }) => `  ${message.slice(0, 1000)}`));
  }

  onTestRunEnd(): void {
    if (this.#lines.length > 0) process.stdout.write(`\n${this.#lines.join("\n")}\n`);
  }
}
