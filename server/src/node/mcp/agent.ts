import type * as answers from "../../service/agent/answers.ts";
import type * as listings from "../../service/agent/listings.ts";
import type { analyseFile } from "../analyseFile.ts";

/**
 * What the command line hands to the bundle with the protocol's library, so that the reading and analysis of dumps is
 * shipped once.
 */
export type Agent = typeof answers & typeof listings & { readonly analyseFile: typeof analyseFile };
