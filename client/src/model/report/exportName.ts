import { fileName } from "../fileName.ts";

/** A form in which the report, or a picture of it, is saved: the ending of the file. */
export type ExportKind = "html" | "md" | "svg" | "png";

const NAMES: Readonly<Record<ExportKind, string>> = { html: "HTML", md: "Markdown", svg: "SVG", png: "PNG" };

/** What the dialog offers for a file beside a dump: `a.dump` becomes `a.report.html`. */
export function exportNames(
  dumpPath: string,
  format: ExportKind,
): { readonly name: string; readonly filters: Record<string, string[]> } {
  const stem = fileName(dumpPath).replace(/\.[^.]*$/, "") || "goroutines";
  return { name: `${stem}.report.${format}`, filters: { [NAMES[format]]: [format] } };
}
