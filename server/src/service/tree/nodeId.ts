/** A step of a node's id: a letter for what it is, and its number among its like where it has one. */
export interface Step {
  readonly kind: StepKind;
  readonly number: number;
}

/**
 * Steps: dump, findings, Finding, section, group, frame, created by, Goroutines, row, notes, Note, system stack, page; of a
 * finding what it says, evidence, related places, who is concerned, the frame to blame, the page of the Rule; of a group
 * Frames that are folded, and what was started by it; of a long text its lines.
 */
const KINDS = [
  ...(["d", "p", "P", "s", "g", "f", "c", "G", "r", "n", "N", "y", "+"] as const),
  ...(["m", "e", "l", "w", "b", "R"] as const),
  ...(["F", "k", "t"] as const),
] as const;
export type StepKind = (typeof KINDS)[number];

const STEP = /^([a-zA-Z+])(\d{1,10})$/;

/** The id of a node: the steps from the top to it. */
export function nodeId(parent: string, kind: StepKind, number = 0): string {
  return `${parent}${parent === "" ? "" : "/"}${kind}${number}`;
}

/** The id of the node above; empty for a node at the top. */
export function parentId(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf("/")));
}

/** The steps of an id; undefined: it is not an id of this tree. */
export function parseNodeId(id: string): readonly Step[] | undefined {
  const steps = id.split("/").map(parseStep);
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

function parseStep(text: string): Step | undefined {
  const match = STEP.exec(text);
  const kind = KINDS.find((one) => one === match?.[1]);
  return match === null || kind === undefined ? undefined : { kind, number: Number(match[2]) };
}
