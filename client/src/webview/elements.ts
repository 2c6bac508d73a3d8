/** An element with a class and children. Strings become text: nothing is ever parsed as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== "") {
    made.className = className;
  }
  for (const child of children) {
    made.append(child);
  }
  return made;
}

/** Puts children in place of all that an element has. */
export function fill(parent: Element, children: readonly (Node | string)[]): void {
  parent.replaceChildren();
  for (const child of children) parent.append(child);
}

/** A button that runs something. */
export function button(label: string, className: string, run: () => void): HTMLButtonElement {
  const made = element("button", className, [label]);
  made.type = "button";
  made.addEventListener("click", run);
  return made;
}
