import type { DumpReportPage, WaitEdge, WaitNode } from "../../../../server/src/protocol/index.ts";
import { alongChains } from "../../model/report/chains.ts";
import type { Scene, Shape } from "../../model/report/scene.ts";
import { element } from "../elements.ts";
import { clipText, drawScene, textMeasure } from "../picture/canvas.ts";
import { type PictureTheme, pictureTheme } from "../picture/pictureTheme.ts";
import type { PageHost } from "./pageHost.ts";
import { pictureButtons } from "./pictureButtons.ts";
import { section } from "./section.ts";
import { scrollable, table } from "./table.ts";
import { layOutGraph, type PlacedGraph, type PlacedNode } from "./waitGraphLayout.ts";
import { formatCount, goroutines, l10n } from "./words.ts";

const PAD = 10;
const [LEAST_TEXT, MOST_TEXT] = [90, 230];
const LINE = 16;

/** Who waits for whom: groups of goroutines, locks, and what nobody in the dump will give. */
export class WaitGraphSection {
  readonly element: HTMLElement;
  readonly #page: DumpReportPage;
  readonly #canvas = element("canvas", "picture");
  #placed: PlacedGraph | undefined;

  constructor(page: DumpReportPage, host: PageHost) {
    this.#page = page;
    this.#canvas.role = "img";
    this.#canvas.ariaLabel = l10n.t("Picture of who waits for whom; the table below says the same.");
    this.#canvas.addEventListener("click", ({ offsetX, offsetY }) => {
      const node = this.#nodeAt(offsetX, offsetY);
      if (node === undefined) return;
      if (node.frame !== null) host.openFrame(node.frame);
      else if (node.line !== null) host.send({ kind: "openLine", line: node.line });
    });
    this.#canvas.addEventListener("mousemove", ({ offsetX, offsetY }) => {
      const node = this.#nodeAt(offsetX, offsetY);
      this.#canvas.classList.toggle("pointing", host.isLive && node !== undefined && node.kind !== "lock");
    });
    this.element = section("waits", l10n.t("Who waits for whom"), this.#content(host));
  }

  draw(): void {
    if (this.#page.waitGraph.nodes.length === 0) return;
    const theme = pictureTheme();
    drawScene(this.#canvas, this.#scene(theme), theme.font);
  }

  #content(host: PageHost): (Node | string)[] {
    const { waitGraph } = this.#page;
    if (waitGraph.nodes.length === 0) {
      return [element("p", "dim", [l10n.t("No goroutine is known to wait for a lock or for another goroutine.")])];
    }
    const left = waitGraph.more === 0 ? [] : [element("p", "dim", [l10n.t("{0} more are left out.", waitGraph.more)])];
    const buttons = pictureButtons(host, "waits", () => this.#scene(pictureTheme()));
    return [
      element("div", "toolbar", buttons),
      scrollable(l10n.t("Picture"), this.#canvas),
      ...left,
      this.#table(host),
    ];
  }

  #table(host: PageHost): HTMLElement {
    const { nodes, edges } = this.#page.waitGraph;
    const name = (number: number): Node => {
      const node = nodes[number]!;
      const mark = node.isRoot ? ` (${l10n.t("root")})` : node.isInCircle ? ` (${l10n.t("in a circle")})` : "";
      const count = node.kind === "goroutines" && node.count > 1 ? `${formatCount(node.count)} × ` : "";
      const text = `${count}${node.title}${mark}`;
      const link = node.frame === null ? host.lineLink(node.line) : host.frameLink(this.#page, node.frame);
      return element("span", "", [text, " ", link]);
    };
    const rows = alongChains(edges).map((edge) => [name(edge.from), edgeText(edge), name(edge.to)]);
    return table(l10n.t("Who waits for whom"), [l10n.t("From"), l10n.t("How"), l10n.t("To")], rows);
  }

  #nodeAt(x: number, y: number): WaitNode | undefined {
    const index = this.#placed?.nodes.findIndex(
      (box) => Math.abs(x - box.x) <= box.width / 2 && Math.abs(y - box.y) <= box.height / 2,
    );
    return index === undefined ? undefined : this.#page.waitGraph.nodes[index];
  }

  #scene(theme: PictureTheme): Scene {
    const { waitGraph } = this.#page;
    const measure = textMeasure(theme.font);
    const texts = waitGraph.nodes.map((node) => nodeLines(node));
    const placed = layOutGraph(waitGraph, (number) => {
      const lines = texts[number] ?? [];
      const widest = lines.reduce((most, line, index) => Math.max(most, measure(line, index === 0)), LEAST_TEXT);
      return { width: Math.min(MOST_TEXT, widest) + 2 * PAD, height: lines.length * LINE + 12 };
    });
    this.#placed = placed;
    const edges = placed.edges.map((points, index): Shape => {
      const edge = waitGraph.edges[index]!;
      const isInCircle =
        waitGraph.nodes[edge.from]?.isInCircle === true && waitGraph.nodes[edge.to]?.isInCircle === true;
      const stroke = isInCircle ? theme.error : theme.faint;
      return { kind: "line", points, stroke, strokeWidth: isInCircle ? 2 : 1.25, isDashed: edge.isGuess };
    });
    const nodes = waitGraph.nodes.flatMap((node, index) =>
      nodeShapes(node, texts[index] ?? [], placed.nodes[index]!, theme, measure),
    );
    return { width: placed.width, height: placed.height, shapes: [...edges, ...nodes] };
  }
}

/** The title, how many, and where they stand. */
function nodeLines(node: WaitNode): string[] {
  const mark = node.isRoot ? `${l10n.t("Root")}: ` : "";
  const count = node.kind === "goroutines" && node.count > 1 ? goroutines(node.count) : "";
  const waiting = node.kind === "lock" ? l10n.t("{0} waiting", formatCount(node.count)) : count;
  return [`${mark}${node.title}`, waiting, node.detail].filter((line) => line !== "");
}

function nodeShapes(
  node: WaitNode,
  lines: readonly string[],
  { x, y, width, height }: PlacedNode,
  theme: PictureTheme,
  measure: (text: string, isBold: boolean) => number,
): Shape[] {
  const isBad = node.isRoot || node.isInCircle;
  const [left, top] = [x - width / 2, y - height / 2];
  const box: Shape = {
    kind: "rect",
    x: left,
    y: top,
    width,
    height,
    radius: node.kind === "lock" ? height / 2 : 4,
    fill: isBad ? theme.error : theme.faint,
    opacity: isBad ? 0.18 : 0.1,
    stroke: isBad ? theme.error : theme.faint,
    strokeWidth: isBad ? 2 : 1,
  };
  const texts = lines.map((line, index): Shape => ({
    kind: "text",
    x: left + PAD,
    y: top + 18 + index * LINE,
    text: clipText(line, width - 2 * PAD + 1, (part) => measure(part, index === 0)),
    fill: theme.foreground,
    isBold: index === 0,
  }));
  return [box, ...texts];
}

function edgeText({ kind, isGuess }: WaitEdge): string {
  if (kind === "waits") return l10n.t("waits for");
  return isGuess ? l10n.t("is probably held by") : l10n.t("is held by");
}
