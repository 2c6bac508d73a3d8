import packageJson from "../../../../package.json" with { type: "json" };
import type { Command } from "./command.ts";

const NAME = "goroutine-dump";
/** Column at which the summaries of the list begin. */
const SUMMARY_COLUMN = 46;

const STATUS = `Exit status: 0 nothing at or above --fail-on, 1 findings at or above it, 2 wrong usage, or input that cannot be read or
is damaged. A text without goroutines is told of, and is no failure.
`;

/** The version of this program. */
export function versionText(): string {
  return `${packageJson.version}\n`;
}

/** The help for all commands. */
export function helpForAll(commands: readonly Command[]): string {
  const list = commands.map(({ name, synopsis, summary }) => {
    return `${`  ${NAME} ${name} ${synopsis}`.padEnd(SUMMARY_COLUMN - 1)} ${summary}`;
  });
  const options = commands.filter((command) => command.options !== "").map(optionsOf);
  return `${NAME} ${packageJson.version}: reads Go goroutine dumps of any form.

Usage:
${list.join("\n")}
  ${NAME} help [COMMAND] | --help | --version

${options.join("\n")}
${STATUS}`;
}

/** The help for one command. */
export function helpFor(command: Command): string {
  const { name, synopsis, summary, options, status = STATUS } = command;
  const parts = [`${NAME} ${name} ${synopsis}\n${summary}\n`, options === "" ? "" : optionsOf(command), status];
  return parts.filter((part) => part !== "").join("\n");
}

function optionsOf({ name, options }: Command): string {
  return `Options of ${name}:\n${options}\n`;
}
