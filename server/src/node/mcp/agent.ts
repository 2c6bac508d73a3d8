import type { ToolAnswer } from "../../service/agent/callTool.ts";
import type { AgentTool } from "../../service/agent/tools.ts";

/**
 * What the command line hands to the bundle with the protocol's library, so that the reading and analysis of dumps is
 * shipped once.
 */
export interface Agent {
  readonly version: string;
  readonly tools: readonly (Pick<AgentTool, "name" | "title" | "description"> & {
    /** JSON Schema of the arguments. */
    readonly inputSchema: object;
  })[];
  call(name: string, input: unknown): Promise<ToolAnswer>;
}
