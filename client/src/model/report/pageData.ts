import type { CompareResult, DumpReportPage } from "../../../../server/src/protocol/index.ts";

/** All that the report's page shows: sent by the extension, or part of an exported file. */
export interface PageData {
  /** The dumps there are to choose from. */
  readonly dumps: readonly { readonly name: string; readonly page: DumpReportPage | null }[];
  /** Which of them is shown. */
  readonly shown: number;
  /** What became of the stacks over several dumps; null: there is one, or they were not compared. */
  readonly growth: CompareResult | null;
  /** Of the page's texts: a tag like `zh-cn`. */
  readonly language: string;
  /** Translations of the page's texts by their English; null: English. */
  readonly words: Readonly<Record<string, string>> | null;
}

/** What the page asks of the extension. */
export type ReportMessage =
  | { readonly kind: "ready" }
  /** Open the source of the frame of that number. */
  | { readonly kind: "openFrame"; readonly frame: number }
  /** Show a line of the dump, 1-based. */
  | { readonly kind: "openLine"; readonly line: number }
  /** Open the source of a stack of the comparison, by its number there. */
  | { readonly kind: "openGrown"; readonly index: number }
  | { readonly kind: "filter"; readonly text: string }
  | { readonly kind: "showDump"; readonly index: number }
  | { readonly kind: "export" }
  /** Save a picture: SVG as text, PNG in Base64. */
  | { readonly kind: "savePicture"; readonly format: "svg" | "png"; readonly content: string };

/** Reads what came from the page; undefined for anything else. */
export function readReportMessage(message: unknown): ReportMessage | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { kind, frame, line, text, index, format, content } = message as Readonly<Record<string, unknown>>;
  switch (kind) {
    case "ready":
    case "export":
      return { kind };
    case "openFrame":
      return withCount(frame, (number) => ({ kind, frame: number }));
    case "openLine":
      return withCount(line, (number) => ({ kind, line: number }));
    case "showDump":
    case "openGrown":
      return withCount(index, (number) => ({ kind, index: number }));
    case "filter":
      return typeof text === "string" ? { kind, text } : undefined;
    case "savePicture":
      return isPicture(format) && typeof content === "string" ? { kind, format, content } : undefined;
    default:
      return undefined;
  }
}

function withCount<T>(value: unknown, make: (value: number) => T): T | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? make(value) : undefined;
}

function isPicture(format: unknown): format is "svg" | "png" {
  return format === "svg" || format === "png";
}
