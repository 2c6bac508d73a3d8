import type { DumpReportPage } from "../../../../server/src/protocol/index.ts";
import { type CallNode, pathTo } from "../../model/report/callTree.ts";
import { shortName, shortPlace } from "../../model/report/frames.ts";
import { element, fill } from "../elements.ts";
import { formatCount, l10n } from "./words.ts";

/** What the tree tells its section. */
export interface CallTreeEvents {
  readonly select: (node: CallNode) => void;
  readonly open: (node: CallNode) => void;
}

/** Rows that are unfolded by themselves: the way along which the dump does not branch. */
const FIRST_DEPTH = 12;

/** The calls of the picture as a tree of text, for keyboards and screen readers. Arrow keys walk, Enter opens source. */
export class CallTreeView {
  readonly element: HTMLElement;
  readonly #page: DumpReportPage;
  readonly #events: CallTreeEvents;
  readonly #unfolded = new Set<number>();
  #root: CallNode;
  #rows: readonly { readonly node: CallNode; readonly level: number; readonly parent: CallNode | undefined }[] = [];
  #current = 0;

  constructor(page: DumpReportPage, root: CallNode, events: CallTreeEvents) {
    this.#page = page;
    this.#root = root;
    this.#events = events;
    this.element = element("div", "tree");
    this.element.role = "tree";
    this.element.ariaLabel = l10n.t("Calls of all goroutines, outermost first");
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.show(root);
  }

  /** Shows another tree, with what leads to its first branch unfolded. */
  show(root: CallNode): void {
    this.#root = root;
    let node: CallNode | undefined = root;
    for (let depth = 0; depth < FIRST_DEPTH && node !== undefined; depth++) {
      this.#unfolded.add(node.id);
      node = node.children.length === 1 ? node.children[0] : undefined;
    }
    this.#render();
  }

  /** Unfolds the way to a call and makes its row the current one; the focus stays where it is. */
  reveal(node: CallNode): void {
    const path = pathTo(this.#root, node.id);
    for (const above of path.slice(0, -1)) this.#unfolded.add(above.id);
    this.#render();
    const row = this.#rows.findIndex((each) => each.node.id === node.id);
    if (row < 0) return;
    this.#makeCurrent(row);
    this.#rowAt(row)?.scrollIntoView({ block: "nearest" });
  }

  #render(): void {
    const hadFocus = this.element.contains(document.activeElement);
    const currentId = this.#rows[this.#current]?.node.id;
    const rows: { node: CallNode; level: number; parent: CallNode | undefined }[] = [];
    const open: typeof rows = [{ node: this.#root, level: 1, parent: undefined }];
    for (let row = open.pop(); row !== undefined; row = open.pop()) {
      const { node, level } = row;
      rows.push(row);
      if (!this.#unfolded.has(node.id)) continue;
      for (let index = node.children.length - 1; index >= 0; index--)
        open.push({ node: node.children[index]!, level: level + 1, parent: node });
    }
    this.#rows = rows;
    this.#current = Math.max(
      0,
      rows.findIndex(({ node }) => node.id === currentId),
    );
    fill(
      this.element,
      rows.map(({ node, level }, index) => this.#row(node, level, index)),
    );
    if (hadFocus) this.#rowAt(this.#current)?.focus();
  }

  #row(node: CallNode, level: number, index: number): HTMLElement {
    const { frames } = this.#page;
    const isRoot = node.frame < 0;
    const name = isRoot ? l10n.t("All goroutines") : shortName(frames, node.frame);
    const repeated = node.depth > 1 ? [element("span", "dim", [` ×${node.depth}`])] : [];
    const place = isRoot ? "" : shortPlace(frames, node.frame);
    const row = element("div", "treeitem", [
      element("span", "twistie", [node.children.length === 0 ? "" : this.#unfolded.has(node.id) ? "▾" : "▸"]),
      element("span", "count", [formatCount(node.count)]),
      element("span", "name", [name]),
      ...repeated,
      element("span", "dim", [place === "" ? "" : ` ${place}`]),
    ]);
    row.role = "treeitem";
    row.ariaLevel = String(level);
    row.ariaSelected = String(index === this.#current);
    if (node.children.length > 0) row.ariaExpanded = String(this.#unfolded.has(node.id));
    row.tabIndex = index === this.#current ? 0 : -1;
    row.style.paddingInlineStart = `${(level - 1) * 12}px`;
    row.addEventListener("click", () => {
      this.#makeCurrent(index);
      row.focus();
      this.#toggle(node);
      this.#events.select(node);
    });
    row.addEventListener("dblclick", () => this.#events.open(node));
    return row;
  }

  #onKey(event: KeyboardEvent): void {
    const row = this.#rows[this.#current];
    if (row === undefined) return;
    const { node, parent } = row;
    const isOpen = this.#unfolded.has(node.id);
    switch (event.key) {
      case "ArrowDown":
        this.#move(this.#current + 1);
        break;
      case "ArrowUp":
        this.#move(this.#current - 1);
        break;
      case "Home":
        this.#move(0);
        break;
      case "End":
        this.#move(this.#rows.length - 1);
        break;
      case "ArrowRight":
        if (isOpen) this.#move(this.#current + 1);
        else this.#toggle(node);
        break;
      case "ArrowLeft":
        if (isOpen) this.#toggle(node);
        else if (parent !== undefined) this.#move(this.#rows.findIndex((each) => each.node === parent));
        break;
      case "Enter":
        this.#events.open(node);
        break;
      case " ":
        this.#events.select(node);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  #move(index: number): void {
    const row = Math.min(Math.max(0, index), this.#rows.length - 1);
    this.#makeCurrent(row);
    this.#rowAt(row)?.focus();
    const { node } = this.#rows[row] ?? {};
    if (node !== undefined) this.#events.select(node);
  }

  #makeCurrent(row: number): void {
    const [before, after] = [this.#rowAt(this.#current), this.#rowAt(row)];
    if (before !== undefined) {
      before.tabIndex = -1;
      before.ariaSelected = "false";
    }
    if (after !== undefined) {
      after.tabIndex = 0;
      after.ariaSelected = "true";
    }
    this.#current = row;
  }

  #toggle({ id, children }: CallNode): void {
    if (children.length === 0) return;
    if (!this.#unfolded.delete(id)) this.#unfolded.add(id);
    this.#render();
  }

  #rowAt(row: number): HTMLElement | undefined {
    return this.element.children[row] as HTMLElement | undefined;
  }
}
