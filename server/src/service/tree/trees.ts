import type { GroupBy } from "../../protocol/index.ts";
import type { OpenText } from "../document/openText.ts";
import type { TextFindings } from "../findings/analyses.ts";
import { StackTree } from "./stackTree.ts";

/** How the tree is shown. */
export interface TreeOptions {
  readonly groupBy: GroupBy;
  readonly filter: string;
}

interface KnownTree {
  readonly key: string;
  readonly findings: TextFindings;
  readonly tree: StackTree;
}

/** The trees of open texts. The last one of each text is kept: it is asked for page by page. */
export class Trees {
  readonly #known = new WeakMap<OpenText, KnownTree>();

  of(text: OpenText, { groupBy, filter }: TreeOptions, findings: TextFindings): StackTree {
    const key = `${groupBy} ${filter}`;
    const known = this.#known.get(text);
    if (known?.key === key && known.findings === findings) return known.tree;
    const tree = new StackTree(text, groupBy, filter, findings);
    this.#known.set(text, { key, findings, tree });
    return tree;
  }
}
