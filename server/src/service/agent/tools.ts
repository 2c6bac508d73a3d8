import type { Certainty } from "../../core/analysis/certainty.ts";
import { append } from "../../core/lists.ts";
import { type AgentDump, quoted } from "./agentDump.ts";
import { explainWait, goroutinesAt, groupDetails, listFindings, rowOfGoroutine, summarizeAll } from "./answers.ts";
import { compareOpen, goroutineDetails, listGroups } from "./listings.ts";
import { ToolError } from "./toolError.ts";
import { readInput, type ToolInput, type ToolParameters } from "./toolInput.ts";

/** Where the dumps of a file come from. Throws `ToolError` when it may not be read, or holds none. */
export interface AgentDumps {
  /** The dumps of a file, in its order. */
  dumps(path: string): Promise<readonly AgentDump[]>;
}

/** A tool as an assistant sees it. It only reads. */
export interface AgentTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: ToolParameters;
  /** `input` is what the assistant has given, whatever it is. */
  run(dumps: AgentDumps, input: unknown): Promise<Readonly<Record<string, unknown>>>;
}

/** Files of one call. */
const MOST_FILES = 20;
/** Characters of a path, and of another text. */
const [PATH_LENGTH, TEXT_LENGTH] = [4096, 500];

const PATH = { type: "string", minLength: 1, maxLength: PATH_LENGTH } as const;
const path = { ...PATH, description: "file of a goroutine dump of any form" } as const;
const dump = {
  type: "integer",
  minimum: 0,
  default: 0,
  description: "number of the dump in its file, 0 for the first",
} as const;
const cursor = {
  type: "string",
  maxLength: 20,
  optional: true,
  description: "next_cursor of the answer before",
} as const;
const id = { type: "integer", minimum: 1, description: "number behind the word goroutine in the dump" } as const;

function paths<Least extends number>(minItems: Least) {
  return { type: "array", items: PATH, minItems, maxItems: MOST_FILES, description: path.description } as const;
}

/** Types the arguments of a tool by its parameters. */
function tool<const P extends ToolParameters>(
  { parameters, ...words }: Pick<AgentTool, "name" | "title" | "description"> & { readonly parameters: P },
  run: (dumps: AgentDumps, input: ToolInput<P>) => Promise<Readonly<Record<string, unknown>>>,
): AgentTool {
  return { ...words, parameters, run: (dumps, input) => run(dumps, readInput(parameters, input)) };
}

/** All tools, in the order in which an assistant wants them. */
export const TOOLS: readonly AgentTool[] = [
  tool(
    {
      name: "summarize_dump",
      title: "Summarize goroutine dumps",
      description:
        "What the dumps of some files hold: totals, states, the first findings, the largest groups. Call this first.",
      parameters: { paths: paths(1) },
    },
    async (dumps, input) => {
      const opens: AgentDump[] = [];
      const failures: ToolError[] = [];
      for (const one of input.paths) {
        try {
          append(opens, await dumps.dumps(one));
        } catch (error) {
          if (!(error instanceof ToolError)) throw error;
          failures.push(error);
        }
      }
      if (failures[0] !== undefined && opens.length === 0) throw failures[0];
      return { problems: failures.map(({ message }) => quoted(message)), ...summarizeAll(opens) };
    },
  ),
  tool(
    {
      name: "list_findings",
      title: "List findings",
      description:
        "What looks leaked, stuck or deadlocked, surest first: message, evidence, place in the source, root of the wait.",
      parameters: {
        path,
        dump,
        minimum_certainty: {
          type: "string",
          maxLength: 10,
          enum: ["proven", "strong", "suspect"],
          default: "suspect",
        },
        rule: {
          type: "string",
          maxLength: TEXT_LENGTH,
          optional: true,
          description: "only findings of this rule",
        },
        cursor,
      },
    },
    async (dumps, input) =>
      listFindings(await dumpOf(dumps, input), {
        minimum: input.minimum_certainty as Certainty,
        rule: input.rule,
        cursor: input.cursor,
      }),
  ),
  tool(
    {
      name: "list_groups",
      title: "List groups of goroutines",
      description:
        "Goroutines that share stack and state, most first. `contains` looks at functions, files and the state.",
      parameters: { path, dump, contains: { type: "string", maxLength: TEXT_LENGTH, default: "" }, cursor },
    },
    async (dumps, input) => listGroups(await dumpOf(dumps, input), input.contains, input.cursor),
  ),
  tool(
    {
      name: "get_group",
      title: "Get one group",
      description: "The whole stack of a group, what its state means, labels, ids, and the findings about it.",
      parameters: {
        path,
        dump,
        group: { type: "integer", minimum: 0, description: "`group` of an answer of list_groups" },
      },
    },
    async (dumps, input) => {
      const open = await dumpOf(dumps, input);
      const details = groupDetails(open, input.group);
      if (details === undefined)
        throw new ToolError(`There is no group ${input.group}: list_groups names ${open.groups.groups.length}.`);
      return details;
    },
  ),
  tool(
    {
      name: "get_goroutine",
      title: "Get one goroutine",
      description: "State, wait, stack, creator and group of the goroutine with an id.",
      parameters: { path, dump, id },
    },
    async (dumps, input) => {
      const open = await dumpOf(dumps, input);
      return goroutineDetails(open, rowOf(open, input.id));
    },
  ),
  tool(
    {
      name: "explain_wait",
      title: "Explain a wait",
      description: "What a goroutine waits for, who holds it up as far as findings say it, and the root of that chain.",
      parameters: { path, dump, id },
    },
    async (dumps, input) => {
      const open = await dumpOf(dumps, input);
      return explainWait(open, rowOf(open, input.id));
    },
  ),
  tool(
    {
      name: "compare_dumps",
      title: "Compare dumps over time",
      description:
        "What grew, shrank, is new, gone or stuck between dumps of one program, given in time order; the largest growth first.",
      parameters: { paths: paths(2), cursor },
    },
    async (dumps, input) => {
      const opens: AgentDump[] = [];
      for (const one of input.paths) opens.push(await dumpOf(dumps, { path: one, dump: 0 }));
      return compareOpen(opens, input.cursor);
    },
  ),
  tool(
    {
      name: "goroutines_at",
      title: "Goroutines at a place of the source",
      description: "The groups with a frame in a source file, at a line where one is given.",
      parameters: {
        path,
        dump,
        file: { ...PATH, description: "the end of the source's path, e.g. ws/hub.go" },
        line: { type: "integer", minimum: 1, optional: true },
        cursor,
      },
    },
    async (dumps, input) => goroutinesAt(await dumpOf(dumps, input), input.file, input.line, input.cursor),
  ),
];

/** The dump with a number in a file. */
async function dumpOf(
  source: AgentDumps,
  { path: file, dump: index }: { readonly path: string; readonly dump: number },
): Promise<AgentDump> {
  const dumps = await source.dumps(file);
  const found = dumps[index];
  if (found === undefined)
    throw new ToolError(`${file} holds ${dumps.length} dumps, numbered from 0: there is none with number ${index}.`);
  return found;
}

function rowOf(open: AgentDump, goroutine: number): number {
  const row = rowOfGoroutine(open, goroutine);
  if (row < 0)
    throw new ToolError(`The dump has no goroutine ${goroutine}; forms that count goroutines (profiles) print no ids.`);
  return row;
}
