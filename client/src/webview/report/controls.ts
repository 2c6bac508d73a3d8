import { element } from "../elements.ts";

/** A box of text whose every change is told. */
export function searchBox(label: string, changed: (text: string) => void): HTMLElement {
  const input = element("input", "");
  input.type = "search";
  input.placeholder = label;
  input.ariaLabel = label;
  input.addEventListener("input", () => changed(input.value));
  return input;
}

/** A label with a list to choose one of. */
export function choice<T extends string>(
  label: string,
  entries: readonly (readonly [value: T, text: string])[],
  chosen: T,
  changed: (value: T) => void,
): HTMLElement {
  const select = element("select", "");
  for (const [value, text] of entries) {
    const option = element("option", "", [text]);
    option.value = value;
    option.selected = value === chosen;
    select.append(option);
  }
  select.addEventListener("change", () => {
    const value = entries.find(([each]) => each === select.value)?.[0];
    if (value !== undefined) changed(value);
  });
  return element("label", "", [`${label} `, select]);
}

export function checkbox(label: string, isOn: boolean, changed: (isOn: boolean) => void): HTMLElement {
  const input = element("input", "");
  input.type = "checkbox";
  input.checked = isOn;
  input.addEventListener("change", () => changed(input.checked));
  return element("label", "", [input, ` ${label}`]);
}
