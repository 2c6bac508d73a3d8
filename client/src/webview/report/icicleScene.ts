import type { DumpReportPage } from "../../../../server/src/protocol/index.ts";
import type { CallNode } from "../../model/report/callTree.ts";
import { type Colors, findingColor } from "../../model/report/colors.ts";
import { shorterNames, shortPlace } from "../../model/report/frames.ts";
import type { Scene, Shape } from "../../model/report/scene.ts";
import { clipText } from "../picture/canvas.ts";
import type { PictureTheme } from "../picture/pictureTheme.ts";
import type { PlacedCall } from "./icicleLayout.ts";

const ROW = 20;
const PAD = 5;
/** Narrower calls are not drawn: nobody would see them. */
const LEAST_WIDTH = 0.7;
/** Height of the stripe that marks the goroutines of a finding. */
const STRIPE = 3;

/** How the icicle is shown. */
export interface IcicleView {
  readonly page: DumpReportPage;
  readonly root: PlacedCall;
  /** The call that has the whole width. */
  readonly zoomed: PlacedCall;
  readonly width: number;
  readonly colors: Colors;
  readonly theme: PictureTheme;
  readonly measure: (text: string) => number;
  /** Whether a call fits the search; undefined: nothing is searched. */
  readonly matches: ((node: CallNode) => boolean) | undefined;
  readonly selected: CallNode | undefined;
  readonly rootText: string;
}

/** A call with the rectangle it has on the screen. */
export interface DrawnCall {
  readonly call: PlacedCall;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The calls that are on the screen: those in the zoomed one, and those it is in. */
export function drawnCalls({ root, zoomed, width }: IcicleView): readonly DrawnCall[] {
  const scale = width / Math.max(1e-12, zoomed.x1 - zoomed.x0);
  const drawn: DrawnCall[] = [];
  const open = [root];
  for (let call = open.pop(); call !== undefined; call = open.pop()) {
    const start = Math.max(0, (call.x0 - zoomed.x0) * scale);
    const end = Math.min(width, (call.x1 - zoomed.x0) * scale);
    if (end - start < LEAST_WIDTH) continue;
    drawn.push({ call, x: start, y: call.depth * ROW, width: end - start });
    for (const child of call.children ?? []) open.push(child);
  }
  return drawn;
}

/** Which of them is at a point; undefined: none. */
export function callAt(drawn: readonly DrawnCall[], x: number, y: number): PlacedCall | undefined {
  return drawn.find((each) => y >= each.y && y < each.y + ROW && x >= each.x && x < each.x + each.width)?.call;
}

export function icicleScene(view: IcicleView, drawn: readonly DrawnCall[]): Scene {
  const rows = drawn.reduce((most, { call }) => Math.max(most, call.depth), 0) + 1;
  return { width: view.width, height: rows * ROW, shapes: drawn.flatMap((each) => callShapes(view, each)) };
}

function callShapes(view: IcicleView, { call, x, y, width }: DrawnCall): Shape[] {
  const { page, colors, theme, matches, selected } = view;
  const node = call.data;
  const isFaint = matches !== undefined && !matches(node);
  const isSelected = node === selected;
  const color = node.frame < 0 ? theme.faint : colors.of(node);
  const box = { x: x + 0.5, y: y + 0.5, width: Math.max(0.4, width - 1), height: ROW - 1 };
  const shapes: Shape[] = [
    {
      kind: "rect",
      ...box,
      fill: color,
      opacity: isFaint ? theme.fillOpacity / 4 : theme.fillOpacity,
      ...(theme.isHighContrast && width > 3 && { stroke: isFaint ? theme.faint : color }),
    },
  ];
  const stripe = findingColor(page, node.finding);
  if (stripe !== undefined && node.frame >= 0 && !isFaint)
    shapes.push({ kind: "rect", ...box, y: box.y + box.height - STRIPE, height: STRIPE, fill: stripe });
  const label = labelOf(view, node, width - 2 * PAD);
  if (label !== "")
    shapes.push({ kind: "text", x: x + PAD, y: y + 14, text: label, fill: isFaint ? theme.faint : theme.foreground });
  if (isSelected)
    shapes.push({ kind: "rect", ...box, x: box.x + 0.5, width: box.width - 1, stroke: theme.focus, strokeWidth: 2 });
  return shapes;
}

/** The function, with its place where there is room for both; where there is little, what tells it from others. */
function labelOf({ page, measure, rootText }: IcicleView, node: CallNode, room: number): string {
  if (room < 20) return "";
  if (node.frame < 0) return clipText(rootText, room, measure);
  const repeated = node.depth > 1 ? ` ×${node.depth}` : "";
  const names = shorterNames(page.frames, node.frame).map((name) => `${name}${repeated}`);
  const texts = [`${names[0]}  ${shortPlace(page.frames, node.frame)}`, ...names];
  return texts.find((text) => measure(text) <= room) ?? clipText(names.at(-1) ?? "", room, measure);
}
