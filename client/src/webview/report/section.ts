import { element } from "../elements.ts";

/** A part of the page under a heading. */
export function section(id: string, title: string, children: readonly (Node | string)[]): HTMLElement {
  const heading = element("h2", "", [title]);
  heading.id = `${id}-heading`;
  const made = element("section", id, [heading, ...children]);
  made.setAttribute("aria-labelledby", heading.id);
  return made;
}
