import type { MarkupContent } from "vscode-languageserver-types";
import { harmless } from "../../core/text/visible.ts";
import { largest } from "../../core/lists.ts";

/** UTF-16 units shown of one text. */
const TEXT_LIMIT = 4000;

/** A piece of a paragraph. A bare string is plain text, whatever it holds. */
export type Inline = string | { readonly code: string } | { readonly strong: string };

/**
 * Text with a little form. All strings in it are plain, and may quote a dump: it is the rendering that keeps them from
 * becoming markup, so no other place has to think of it.
 */
export type RichBlock =
  | { readonly kind: "paragraph"; readonly parts: readonly Inline[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: "code"; readonly language: string; readonly text: string };

/** Renders for a client that shows Markdown, or for one that shows plain text only. */
export function renderRichText(blocks: readonly RichBlock[], format: "markdown" | "plaintext"): MarkupContent {
  const render = format === "markdown" ? markdownBlock : plainBlock;
  return { kind: format, value: blocks.map(render).join("\n\n") };
}

/** A block as Markdown. */
export function markdownBlock(block: RichBlock): string {
  if (block.kind === "paragraph") return block.parts.map(markdownInline).join("");
  if (block.kind === "list") return block.items.map((item) => `- ${item.map(markdownInline).join("")}`).join("\n");
  const fence = "`".repeat(Math.max(3, longestBackticks(block.text) + 1));
  return `${fence}${block.language}\n${harmless(block.text, TEXT_LIMIT)}\n${fence}`;
}

/** A piece of a paragraph, heading or cell as Markdown, on one line. */
export function markdownInline(part: Inline): string {
  if (typeof part === "string") return escapeMarkdown(part);
  if ("strong" in part) return `**${escapeMarkdown(part.strong.trim())}**`;
  const text = oneLine(part.code);
  const fence = "`".repeat(longestBackticks(text) + 1);
  return `${fence} ${text} ${fence}`;
}

/** Puts a backslash before each ASCII punctuation mark: CommonMark then takes it for itself, and links and HTML with it. */
function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

/** Plain text within an HTML element of a Markdown text. Neither HTML nor Markdown finds a mark in it. */
export function markdownHtml(text: string): string {
  return oneLine(text).replace(/[!-+;-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

function plainBlock(block: RichBlock): string {
  if (block.kind === "paragraph") return block.parts.map(plainInline).join("");
  if (block.kind === "list") return block.items.map((item) => `- ${item.map(plainInline).join("")}`).join("\n");
  return harmless(block.text, TEXT_LIMIT);
}

function plainInline(part: Inline): string {
  if (typeof part === "string") return oneLine(part);
  return oneLine("code" in part ? part.code : part.strong);
}

function longestBackticks(text: string): number {
  return largest(text.match(/`+/g) ?? [], (run) => run.length, 0);
}

function oneLine(text: string): string {
  return harmless(text.replace(/\s+/g, " "), TEXT_LIMIT);
}
