/**
 * A function's name with its type arguments as tracebacks print them: profiles and race reports spell them out since
 * Go 1.21 (`main.F[go.shape.int]`), tracebacks and `debug=1` never do (`main.F[...]`).
 */
export function withoutTypeArguments(name: string): string {
  if (!name.includes("[")) return name;
  let result = "";
  let depth = 0;
  for (const character of name) {
    if (character === "]" && depth > 0) depth--;
    if (depth === 0) result += character;
    if (character === "[" && ++depth === 1) result += "...";
  }
  return result;
}
