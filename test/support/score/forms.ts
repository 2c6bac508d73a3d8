import { asPrintedBy, OLDER_TEXTS } from "./goTexts.ts";

/** A text of a service, taken or derived. */
export interface ServiceText {
  /** How it is written: `young`, `aged`, `young as Go 1.19`, `debug=1`, ... */
  readonly form: string;
  readonly bytes: Uint8Array;
  /** Whether all goroutines are in it: only then can all that leak be named. */
  readonly isWhole: boolean;
}

/** A `debug=2` text in the forms that it is met in: as it is, as older versions of Go print it, and as an excerpt. */
export function formsOf(form: string, bytes: Buffer): readonly ServiceText[] {
  const text = bytes.toString();
  const older = OLDER_TEXTS.map((version) => ({ form: `${form} as Go ${version}`, text: asPrintedBy(version, text) }));
  return [
    { form, bytes, isWhole: true },
    ...older
      .filter((one) => one.text !== text)
      .map((one) => ({ form: one.form, bytes: Buffer.from(one.text), isWhole: true })),
    { form: `${form}, excerpt`, bytes: Buffer.from(excerptOf(text)), isWhole: false },
  ];
}

/** What somebody posts who takes the middle of a long text: a third of the goroutines, main not among them. */
function excerptOf(text: string): string {
  const blocks = text.split("\n\n").filter((block) => !block.startsWith("goroutine 1 "));
  return blocks.slice(Math.floor(blocks.length / 3), Math.ceil((2 * blocks.length) / 3)).join("\n\n");
}
