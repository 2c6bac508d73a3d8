import {
  arrowHead,
  FONT_SIZE,
  type LineShape,
  type RectShape,
  type Scene,
  type Shape,
} from "../../model/report/scene.ts";

/** Draws a scene, sharp on every screen. Without a canvas there is nothing to draw on, and the tables say it all. */
export function drawScene(canvas: HTMLCanvasElement, { width, height, shapes }: Scene, font: string): void {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.scale(scale, scale);
  for (const shape of shapes) drawShape(context, shape, font);
}

/** Measures texts as `drawScene` draws them. */
export function textMeasure(font: string): (text: string, isBold?: boolean) => number {
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map<string, number>();
  return (text, isBold = false) => {
    const key = `${isBold}${text}`;
    let width = known.get(key);
    if (width === undefined) {
      if (context !== null) context.font = fontOf(font, isBold);
      width = context?.measureText(text).width ?? text.length * FONT_SIZE * 0.6;
      known.set(key, width);
    }
    return width;
  };
}

/** A text cut to a width, with an ellipsis; empty when not even a few letters fit. */
export function clipText(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (measure(`${text.slice(0, middle)}…`) <= width) fits = middle;
    else tooLong = middle;
  }
  return fits < 3 ? "" : `${text.slice(0, fits)}…`;
}

function fontOf(font: string, isBold: boolean): string {
  return `${isBold ? "600 " : ""}${FONT_SIZE}px ${font}`;
}

function drawShape(context: CanvasRenderingContext2D, shape: Shape, font: string): void {
  switch (shape.kind) {
    case "rect":
      return drawRect(context, shape);
    case "text":
      context.font = fontOf(font, shape.isBold === true);
      context.fillStyle = shape.fill;
      return context.fillText(shape.text, shape.x, shape.y);
    case "line":
      return drawLine(context, shape);
  }
}

function drawRect(context: CanvasRenderingContext2D, shape: RectShape): void {
  const { x, y, width, height, fill, opacity = 1, stroke, strokeWidth = 1, radius = 0 } = shape;
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  if (fill !== undefined) {
    context.globalAlpha = opacity;
    context.fillStyle = fill;
    context.fill();
    context.globalAlpha = 1;
  }
  if (stroke !== undefined) {
    context.strokeStyle = stroke;
    context.lineWidth = strokeWidth;
    context.stroke();
  }
}

function drawLine(context: CanvasRenderingContext2D, shape: LineShape): void {
  context.strokeStyle = shape.stroke;
  context.lineWidth = shape.strokeWidth;
  context.setLineDash(shape.isDashed ? [5, 4] : []);
  tracePath(context, shape.points);
  context.stroke();
  context.setLineDash([]);
  tracePath(context, arrowHead(shape));
  context.fillStyle = shape.stroke;
  context.fill();
}

function tracePath(context: CanvasRenderingContext2D, points: LineShape["points"]): void {
  context.beginPath();
  points.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
}
