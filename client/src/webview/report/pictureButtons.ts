import { type Scene, sceneSvg } from "../../model/report/scene.ts";
import { button } from "../elements.ts";
import { drawScene } from "../picture/canvas.ts";
import { pictureTheme } from "../picture/pictureTheme.ts";
import type { PageHost } from "./pageHost.ts";

/** Buttons that save a picture as it is shown. In an exported file the browser saves it. */
export function pictureButtons(host: PageHost, name: string, scene: () => Scene): readonly HTMLElement[] {
  return [
    button("SVG", "", () => {
      const { background, font } = pictureTheme();
      const content = sceneSvg(scene(), background, font);
      if (host.isLive) host.send({ kind: "savePicture", format: "svg", content });
      else download(new Blob([content], { type: "image/svg+xml" }), `${name}.svg`);
    }),
    button("PNG", "", () => {
      const canvas = paint(scene());
      if (host.isLive)
        host.send({ kind: "savePicture", format: "png", content: base64Of(canvas.toDataURL("image/png")) });
      else canvas.toBlob((blob) => blob !== null && download(blob, `${name}.png`), "image/png");
    }),
  ];
}

function paint({ width, height, shapes }: Scene): HTMLCanvasElement {
  const { background, font } = pictureTheme();
  const canvas = document.createElement("canvas");
  const ground = { kind: "rect", x: 0, y: 0, width, height, fill: background } as const;
  drawScene(canvas, { width, height, shapes: [ground, ...shapes] }, font);
  return canvas;
}

function base64Of(dataUrl: string): string {
  return dataUrl.slice(dataUrl.indexOf(",") + 1);
}

function download(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
