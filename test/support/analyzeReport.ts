import { NO_FILTER } from "../../server/src/core/group/filterQuery.ts";
import { analyze } from "../../server/src/node/analyze.ts";
import type { Format } from "../../server/src/node/renderReport.ts";

const OPTIONS = {
  format: "json",
  base: null,
  isSeries: false,
  isTee: false,
  sources: [],
  revision: undefined,
  filter: NO_FILTER,
  allIds: true,
  isIgnoring: false,
  failOn: "none",
} as const;

/** What `goroutine-dump analyze` prints of a file. */
export async function analyzeOutput(
  file: string,
  more: {
    readonly format?: Format;
    readonly sources?: readonly string[];
    readonly revision?: string;
    /** Takes what is told on standard error. */
    readonly warn?: (sentence: string) => void;
  } = {},
): Promise<string> {
  let printed = "";
  const { warn = () => {}, ...options } = more;
  await analyze(
    { ...OPTIONS, ...options, files: [file] },
    { print: async (piece) => void (printed += piece), echo: async () => {}, warn },
  );
  return printed;
}
