import type { DumpReportPage, WaitClass } from "../../../../server/src/protocol/index.ts";
import { type CallNode, callTree, countMatching } from "../../model/report/callTree.ts";
import { type ColorBy, Colors, type FindingTexts } from "../../model/report/colors.ts";
import { certaintyText } from "../../model/certaintyText.ts";
import { callText, packageOf, shortName } from "../../model/report/frames.ts";
import { button, element, fill } from "../elements.ts";
import { drawScene, textMeasure } from "../picture/canvas.ts";
import { pictureTheme } from "../picture/pictureTheme.ts";
import { CallTreeView } from "./callTreeView.ts";
import { checkbox, choice, searchBox } from "./controls.ts";
import { type IcicleWidth, layOut, type PlacedCall } from "./icicleLayout.ts";
import { callAt, type DrawnCall, drawnCalls, icicleScene, type IcicleView } from "./icicleScene.ts";
import type { PageHost } from "./pageHost.ts";
import { pictureButtons } from "./pictureButtons.ts";
import { section } from "./section.ts";
import { distinctStacks, formatCount, formatShare, goroutines, l10n } from "./words.ts";

/** All stacks as an icicle, with the tree of the same calls behind it. */
export class StacksSection {
  readonly element: HTMLElement;
  readonly #page: DumpReportPage;
  readonly #host: PageHost;
  readonly #canvas = element("canvas", "picture");
  readonly #legend = element("ul", "legend");
  readonly #details = element("div", "details");
  readonly #found = element("span", "dim");
  readonly #tree: CallTreeView;
  #colorBy: ColorBy = "state";
  #width: IcicleWidth = "goroutines";
  #withRuntime = false;
  #search = "";
  #root: PlacedCall;
  #zoomed: PlacedCall;
  #selected: CallNode | undefined;
  #drawn: readonly DrawnCall[] = [];

  constructor(page: DumpReportPage, host: PageHost) {
    this.#page = page;
    this.#host = host;
    const calls = callTree(page, this.#withRuntime);
    this.#root = layOut(calls, this.#width);
    this.#zoomed = this.#root;
    this.#tree = new CallTreeView(page, calls, {
      select: (node) => this.#select(node, "tree"),
      open: (node) => this.#open(node),
    });
    this.#canvas.role = "img";
    this.#canvas.ariaLabel = l10n.t("Picture of all stacks, outermost call on top; the tree below has the same calls.");
    this.#legend.ariaLabel = l10n.t("Colors");
    this.#details.role = "status";
    this.#found.role = "status";
    this.#listen();
    this.element = section("stacks", l10n.t("Stacks"), [
      this.#toolbar(),
      this.#legend,
      element("div", "scroll", [this.#canvas]),
      this.#details,
      this.#leftOut(),
      this.#tree.element,
    ]);
  }

  /** Draws it anew: it was put on the page, its width or the theme has changed. */
  draw(): void {
    const view = this.#view();
    this.#drawn = drawnCalls(view);
    drawScene(this.#canvas, icicleScene(view, this.#drawn), view.theme.font);
    const legend = view.colors.legend(classText, findingTexts());
    fill(
      this.#legend,
      legend.map(({ color, text }) => legendEntry(color, text)),
    );
    this.#showDetails(this.#selected ?? this.#zoomed.data);
    const count = view.matches && countMatching(this.#root.data, view.matches);
    this.#found.textContent = count === undefined ? "" : l10n.t("Found: {0}", this.#countText(count));
  }

  #view(): IcicleView {
    const theme = pictureTheme();
    return {
      page: this.#page,
      root: this.#root,
      zoomed: this.#zoomed,
      width: Math.max(200, this.#canvas.parentElement?.clientWidth ?? 0),
      colors: new Colors(this.#page, this.#colorBy),
      theme,
      measure: textMeasure(theme.font),
      matches: this.#matches(),
      selected: this.#selected,
      rootText: goroutines(this.#page.shown),
    };
  }

  /** Whether a call fits the search; undefined: nothing is searched. */
  #matches(): ((node: CallNode) => boolean) | undefined {
    const search = this.#search.toLowerCase();
    return search === "" ? undefined : (node) => this.#textOf(node).includes(search);
  }

  #textOf({ frame }: CallNode): string {
    if (frame < 0) return "";
    const { frames } = this.#page;
    return `${packageOf(frames, frame)} ${callText(frames, frame)}`.toLowerCase();
  }

  #toolbar(): HTMLElement {
    const redraw = (): void => this.draw();
    const colors: [ColorBy, string][] = [
      ["state", l10n.t("State")],
      ["package", l10n.t("Package")],
      ["finding", l10n.t("Finding")],
    ];
    const widths: [IcicleWidth, string][] = [
      ["goroutines", l10n.t("Goroutines")],
      ["stacks", l10n.t("Distinct stacks")],
    ];
    return element("div", "toolbar", [
      searchBox(l10n.t("Find in the picture"), (text) => {
        this.#search = text;
        redraw();
      }),
      this.#found,
      choice(l10n.t("Color"), colors, this.#colorBy, (by) => {
        this.#colorBy = by;
        redraw();
      }),
      choice(l10n.t("Width"), widths, this.#width, (width) => {
        this.#width = width;
        this.#layOutAgain();
      }),
      checkbox(l10n.t("Runtime frames"), this.#withRuntime, (isOn) => {
        this.#withRuntime = isOn;
        this.#layOutAgain();
      }),
      button(l10n.t("Reset Zoom"), "", () => this.#zoom(this.#root)),
      ...pictureButtons(this.#host, "stacks", () => {
        const view = this.#view();
        return icicleScene(view, drawnCalls(view));
      }),
    ]);
  }

  #layOutAgain(): void {
    const calls = callTree(this.#page, this.#withRuntime);
    this.#root = layOut(calls, this.#width);
    this.#zoomed = this.#root;
    this.#selected = undefined;
    this.#tree.show(calls);
    this.draw();
  }

  #listen(): void {
    const at = ({ offsetX, offsetY }: MouseEvent) => callAt(this.#drawn, offsetX, offsetY);
    this.#canvas.addEventListener("mousemove", (event) => {
      const call = at(event);
      this.#canvas.classList.toggle("pointing", call !== undefined);
      this.#showDetails(call?.data ?? this.#selected ?? this.#zoomed.data);
    });
    this.#canvas.addEventListener("mouseleave", () => this.#showDetails(this.#selected ?? this.#zoomed.data));
    this.#canvas.addEventListener("click", (event) => {
      const call = at(event);
      if (call === undefined) return;
      if (event.ctrlKey || event.metaKey) return this.#open(call.data);
      this.#select(call.data, "picture");
      this.#zoom(call);
    });
  }

  #zoom(call: PlacedCall): void {
    this.#zoomed = call;
    if (call === this.#root) this.#selected = undefined;
    this.draw();
  }

  #select(node: CallNode, from: "picture" | "tree"): void {
    this.#selected = node;
    if (from === "picture") this.#tree.reveal(node);
    else {
      // A call that is outside of what the picture shows is shown by zooming out.
      const call = this.#root.find(({ data }) => data.id === node.id);
      const isShown = call !== undefined && call.x0 < this.#zoomed.x1 && call.x1 > this.#zoomed.x0;
      if (!isShown) this.#zoomed = this.#root;
    }
    this.draw();
  }

  #open({ frame }: CallNode): void {
    if (frame >= 0) this.#host.openFrame(frame);
  }

  #showDetails(node: CallNode): void {
    const { frames } = this.#page;
    const count = this.#countText(node.count);
    const stacks = distinctStacks(node.groups);
    if (node.frame < 0) return this.#showWhole(`${count} · ${stacks}`);
    const name = shortName(frames, node.frame);
    const state = this.#page.states.items[node.state]?.state;
    const parts = [
      packageOf(frames, node.frame),
      count,
      stacks,
      state === undefined ? "" : l10n.t("mostly {0}", state),
    ];
    this.#details.replaceChildren(
      element("strong", "", [name]),
      " ",
      this.#host.frameLink(this.#page, node.frame),
      element("div", "dim", [parts.filter((part) => part !== "").join(" · ")]),
    );
  }

  /** Of no call: how many there are, and what can be done with the picture. */
  #showWhole(totals: string): void {
    const help = this.#host.isLive
      ? l10n.t("A click zooms in, Ctrl+click opens the source.")
      : l10n.t("A click zooms in.");
    this.#details.replaceChildren(totals, element("div", "dim", [help]));
  }

  #countText(count: number): string {
    return `${goroutines(count)} (${formatShare(count, this.#page.shown)})`;
  }

  #leftOut(): HTMLElement | string {
    const { more } = this.#page.tree;
    if (more === 0) return "";
    return element("p", "dim", [l10n.t("Calls with the fewest goroutines left out: {0}", formatCount(more))]);
  }
}

function legendEntry(color: string, text: string): HTMLElement {
  const swatch = element("span", "swatch");
  swatch.style.background = color;
  return element("li", "", [swatch, text]);
}

/** What a class of states is called. */
function classText(name: WaitClass): string {
  switch (name) {
    case "running":
      return l10n.t("running");
    case "channel":
      return l10n.t("channel");
    case "select":
      return l10n.t("select");
    case "lock":
      return l10n.t("lock");
    case "sync":
      return l10n.t("semacquire, WaitGroup, Cond");
    case "io":
      return l10n.t("I/O, system call");
    case "sleep":
      return l10n.t("sleep");
    case "system":
      return l10n.t("Go's own");
    case "unknown":
      return l10n.t("unknown");
  }
}

function findingTexts(): FindingTexts {
  return {
    proven: certaintyText("proven", l10n),
    strong: certaintyText("strong", l10n),
    suspect: certaintyText("suspect", l10n),
    none: l10n.t("no finding"),
  };
}
