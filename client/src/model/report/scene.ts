/** A picture as a list of shapes: one description for the screen (a canvas) and for files (SVG). Lengths are pixels. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Painted in this order. */
  readonly shapes: readonly Shape[];
}

export type Shape = RectShape | TextShape | LineShape;

export interface RectShape {
  readonly kind: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill?: string;
  /** From 0 to 1; 1 where absent. */
  readonly opacity?: number;
  readonly stroke?: string;
  readonly strokeWidth?: number;
  readonly radius?: number;
}

export interface TextShape {
  readonly kind: "text";
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  readonly text: string;
  readonly fill: string;
  readonly isBold?: boolean;
}

/** A line through the points, with an arrow's head at the last one. */
export interface LineShape {
  readonly kind: "line";
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly stroke: string;
  readonly strokeWidth: number;
  readonly isDashed: boolean;
}

/** The three corners of the head of an arrow: its point is the end of the line. */
export function arrowHead({ points, strokeWidth }: LineShape): readonly (readonly [x: number, y: number])[] {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [x - 1, y];
  const length = Math.hypot(x - fromX, y - fromY) || 1;
  const [alongX, alongY] = [(x - fromX) / length, (y - fromY) / length];
  const size = 4 + 2 * strokeWidth;
  const corner = (side: number) =>
    [x - alongX * size - (alongY * side * size) / 2, y - alongY * size + (alongX * side * size) / 2] as const;
  return [[x, y], corner(1), corner(-1)];
}

/** Size of the letters, in pixels. */
export const FONT_SIZE = 12;

/** A scene as a file that stands alone. All text is escaped: it may quote a dump. */
export function sceneSvg({ width, height, shapes }: Scene, background: string, font: string): string {
  const body = shapes.map(shapeSvg).join("\n");
  const size = `width="${number(width)}" height="${number(height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${number(width)} ${number(height)}" font-family="${escapeXml(font)}" font-size="${FONT_SIZE}">
<rect width="100%" height="100%" fill="${escapeXml(background)}"/>
${body}
</svg>
`;
}

function shapeSvg(shape: Shape): string {
  switch (shape.kind) {
    case "rect":
      return rectSvg(shape);
    case "text": {
      const weight = shape.isBold === true ? ' font-weight="600"' : "";
      return `<text x="${number(shape.x)}" y="${number(shape.y)}" fill="${escapeXml(shape.fill)}"${weight} xml:space="preserve">${escapeXml(shape.text)}</text>`;
    }
    case "line": {
      const stroke = escapeXml(shape.stroke);
      const dash = shape.isDashed ? ' stroke-dasharray="5 4"' : "";
      const line = `<polyline points="${pointList(shape.points)}" fill="none" stroke="${stroke}" stroke-width="${number(shape.strokeWidth)}"${dash}/>`;
      return `${line}<polygon points="${pointList(arrowHead(shape))}" fill="${stroke}"/>`;
    }
  }
}

function rectSvg({ x, y, width, height, fill, opacity = 1, stroke, strokeWidth = 1, radius = 0 }: RectShape): string {
  const place = `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="${number(radius)}"`;
  const inside = `fill="${escapeXml(fill ?? "none")}" fill-opacity="${number(opacity)}"`;
  const edge = stroke === undefined ? "" : ` stroke="${escapeXml(stroke)}" stroke-width="${number(strokeWidth)}"`;
  return `<rect ${place} ${inside}${edge}/>`;
}

function pointList(list: LineShape["points"]): string {
  return list.map(([x, y]) => `${number(x)},${number(y)}`).join(" ");
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Characters that XML does not allow become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
