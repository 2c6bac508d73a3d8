/** Something that the assistant is told instead of an answer, with what to do about it. */
export class ToolError extends Error {}
