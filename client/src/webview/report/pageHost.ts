import type { DumpReportPage } from "../../../../server/src/protocol/index.ts";
import type { ReportMessage } from "../../model/report/pageData.ts";
import { shortPlace } from "../../model/report/frames.ts";
import { button, element } from "../elements.ts";
import { l10n } from "./words.ts";

/** What gives the page its data and answers it: the extension; of an exported file nobody. */
export class PageHost {
  readonly #send: ((message: ReportMessage) => void) | undefined;

  constructor(send: ((message: ReportMessage) => void) | undefined) {
    this.#send = send;
  }

  get isLive(): boolean {
    return this.#send !== undefined;
  }

  send(message: ReportMessage): void {
    this.#send?.(message);
  }

  openFrame(frame: number): void {
    this.send({ kind: "openFrame", frame });
  }

  /** The place of a frame, with a way to its source where somebody can open it. */
  frameLink({ frames }: DumpReportPage, frame: number): HTMLElement {
    const place = shortPlace(frames, frame);
    if (!this.isLive || place === "") return element("span", "", [place]);
    const link = button(place, "link", () => this.openFrame(frame));
    link.title = l10n.t("Open Source");
    return link;
  }

  /** A way to a line of the dump; empty where nobody can show it. */
  lineLink(line: number | null): HTMLElement | string {
    if (line === null) return "";
    const text = l10n.t("line {0}", line);
    return this.isLive
      ? button(text, "link", () => this.send({ kind: "openLine", line }))
      : element("span", "dim", [text]);
  }
}
