import type { TreeShape } from "../../protocol/index.ts";
import type { OpenText } from "../document/openText.ts";
import type { TextFindings } from "../findings/analyses.ts";
import { StackTree } from "./stackTree.ts";

/** How the tree is shown. */
export type TreeOptions = Omit<TreeShape, "uri">;

interface KnownTree {
  readonly key: string;
  readonly findings: TextFindings;
  readonly tree: StackTree;
}

/** The trees of open texts. The last one of each text is kept: it is asked for page by page. */
export class Trees {
  readonly #known = new WeakMap<OpenText, KnownTree>();

  of(text: OpenText, options: TreeOptions, findings: TextFindings): StackTree {
    const key = `${options.groupBy} ${options.sortBy} ${options.filter}`;
    const known = this.#known.get(text);
    if (known?.key === key && known.findings === findings) return known.tree;
    const tree = new StackTree(text, options, findings);
    this.#known.set(text, { key, findings, tree });
    return tree;
  }
}
