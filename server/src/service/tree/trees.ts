import type { GroupBy, SortBy, TreeShape } from "../../protocol/index.ts";
import type { OpenText } from "../document/openText.ts";
import type { TextFindings } from "../findings/analyses.ts";
import { StackTree } from "./stackTree.ts";

/** How the tree is shown. */
export type TreeOptions = Omit<TreeShape, "uri">;

/** What a client may ask for; an own property of each, as `toString` is none. */
const GROUPINGS: Readonly<Record<GroupBy, true>> = {
  stack: true,
  functions: true,
  user: true,
  place: true,
  creator: true,
  state: true,
  label: true,
  package: true,
  tree: true,
};
const ORDERS: Readonly<Record<SortBy, true>> = { interest: true, count: true, wait: true, name: true };

/** A client of another version may ask for what is not known here: it gets the usual tree. */
function knownOptions({ groupBy, sortBy, filter }: TreeOptions): TreeOptions {
  return {
    groupBy: Object.hasOwn(GROUPINGS, groupBy) ? groupBy : "stack",
    sortBy: Object.hasOwn(ORDERS, sortBy) ? sortBy : "interest",
    filter: typeof filter === "string" ? filter : "",
  };
}

interface KnownTree {
  readonly key: string;
  readonly findings: TextFindings;
  readonly tree: StackTree;
}

/** The trees of open texts. The last one of each text is kept: it is asked for page by page. */
export class Trees {
  readonly #known = new WeakMap<OpenText, KnownTree>();

  of(text: OpenText, asked: TreeOptions, findings: TextFindings): StackTree {
    const options = knownOptions(asked);
    const key = `${options.groupBy} ${options.sortBy} ${options.filter}`;
    const known = this.#known.get(text);
    if (known?.key === key && known.findings === findings) return known.tree;
    const tree = new StackTree(text, options, findings);
    this.#known.set(text, { key, findings, tree });
    return tree;
  }
}
