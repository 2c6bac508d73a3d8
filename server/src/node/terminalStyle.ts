import { WriteStream } from "node:tty";
import { styleText } from "node:util";
import type { Style } from "../service/report/textReport.ts";

const FORMATS: Readonly<Record<Parameters<Style>[0], Parameters<typeof styleText>[0]>> = {
  heading: "bold",
  proven: "red",
  strong: "yellow",
  suspect: "cyan",
};

/**
 * Colours where a terminal shows them, plain text in a pipe or a file. `NO_COLOR` turns them off; `FORCE_COLOR` has the
 * last word, in a pipe too, as Node's own programs do it.
 */
export function styleFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Style {
  const isAsked = stream.isTTY === true || env["FORCE_COLOR"] !== undefined;
  if (!isAsked || !WriteStream.prototype.hasColors(env)) return (_, text) => text;
  return (part, text) => styleText(FORMATS[part], text);
}
