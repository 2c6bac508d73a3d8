import * as z from "zod";
import type { AgentDump } from "../../service/agent/agentDump.ts";
import type { Agent } from "./agent.ts";
import { type DumpStore, ToolError } from "./dumpStore.ts";

/** What tools work with. */
export interface ToolContext {
  readonly store: DumpStore;
  readonly agent: Agent;
}

/** A tool as an assistant sees it. It only reads. */
interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodRawShape;
  run(context: ToolContext, args: Record<string, unknown>): Promise<Record<string, unknown>>;
}

/** Files compared at a time. */
const MOST_FILES = 20;

const path = z.string().min(1).max(4096).describe("file of a goroutine dump of any form");
const dump = z.int().min(0).default(0).describe("number of the dump in its file, 0 for the first");
const cursor = z.string().nullable().default(null).describe("next_cursor of the answer before");

/** Types the arguments of a tool by their shape. */
function tool<T extends z.ZodRawShape>(
  name: string,
  title: string,
  description: string,
  input: T,
  run: (context: ToolContext, args: z.output<z.ZodObject<T>>) => Promise<Record<string, unknown>>,
): Tool {
  const schema = z.object(input);
  return { name, title, description, input, run: (context, args) => run(context, schema.parse(args)) };
}

/** All tools, in the order in which an assistant wants them. */
export const TOOLS: readonly Tool[] = [
  tool(
    "summarize_dump",
    "Summarize goroutine dumps",
    "What the dumps of some files hold: totals, states, the first findings, the largest groups. Call this first.",
    { paths: z.array(path).min(1).max(MOST_FILES) },
    async ({ store, agent }, { paths }) => {
      const dumps: AgentDump[] = [];
      for (const one of paths) for (const open of await store.dumps(one)) dumps.push(open);
      return agent.summarizeAll(dumps);
    },
  ),
  tool(
    "list_findings",
    "List findings",
    "What looks leaked, stuck or deadlocked, surest first: message, evidence, place in the source, root of the wait.",
    {
      path,
      dump,
      minimum_certainty: z.enum(["proven", "strong", "suspect"]).default("suspect"),
      rule: z.string().nullable().default(null).describe("only findings of this rule"),
      cursor,
    },
    async ({ store, agent }, args) => {
      const open = await store.dump(args.path, args.dump);
      return agent.listFindings(open, { minimum: args.minimum_certainty, rule: args.rule, cursor: args.cursor });
    },
  ),
  tool(
    "list_groups",
    "List groups of goroutines",
    "Goroutines that share stack and state, most first. `contains` looks at functions, files and the state.",
    { path, dump, contains: z.string().max(500).default(""), cursor },
    async ({ store, agent }, args) => {
      const open = await store.dump(args.path, args.dump);
      return agent.listGroups(open, args.contains, args.cursor);
    },
  ),
  tool(
    "get_group",
    "Get one group",
    "The whole stack of a group, what its state means, labels, ids, and the findings about it.",
    { path, dump, group: z.int().min(0).describe("`group` of an answer of list_groups") },
    async ({ store, agent }, args) => {
      const open = await store.dump(args.path, args.dump);
      const details = agent.groupDetails(open, args.group);
      if (details === undefined)
        throw new ToolError(`There is no group ${args.group}: list_groups names ${open.groups.groups.length}.`);
      return details;
    },
  ),
  tool(
    "get_goroutine",
    "Get one goroutine",
    "State, wait, stack, creator and group of the goroutine with an id.",
    { path, dump, id: z.int().min(1) },
    async ({ store, agent }, args) => {
      const open = await store.dump(args.path, args.dump);
      return agent.goroutineDetails(open, rowOf(agent, open, args.id));
    },
  ),
  tool(
    "explain_wait",
    "Explain a wait",
    "What a goroutine waits for, who holds it up as far as findings say it, and the root of that chain.",
    { path, dump, id: z.int().min(1) },
    async ({ store, agent }, args) => {
      const open = await store.dump(args.path, args.dump);
      return agent.explainWait(open, rowOf(agent, open, args.id));
    },
  ),
  tool(
    "compare_dumps",
    "Compare dumps over time",
    "What grew, shrank, is new, gone or stuck between dumps of one program, given in time order; the largest growth first.",
    { paths: z.array(path).min(2).max(MOST_FILES), cursor },
    async ({ store, agent }, args) => {
      const opens: AgentDump[] = [];
      for (const one of args.paths) opens.push(await store.dump(one, 0));
      return agent.compareOpen(opens, args.cursor);
    },
  ),
  tool(
    "goroutines_at",
    "Goroutines at a place of the source",
    "The groups with a frame in a source file, at a line where one is given.",
    {
      path,
      dump,
      file: z.string().min(1).describe("the end of the source's path, e.g. ws/hub.go"),
      line: z.int().min(1).nullable().default(null),
      cursor,
    },
    async ({ store, agent }, args) =>
      agent.goroutinesAt(await store.dump(args.path, args.dump), args.file, args.line, args.cursor),
  ),
];

function rowOf(agent: Agent, open: AgentDump, id: number): number {
  const row = agent.rowOfGoroutine(open, id);
  if (row < 0) {
    throw new ToolError(`The dump has no goroutine ${id}; forms that count goroutines (profiles) print no ids.`);
  }
  return row;
}
