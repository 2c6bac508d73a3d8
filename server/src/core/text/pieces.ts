/** Characters handed out at a time: what is printed of a large dump is not to be in memory as a whole. */
const PIECE = 1 << 16;

/** Texts that are put together when there are enough of them: to add each to a long one would cost memory of its own. */
export class Pieces {
  #texts: string[] = [];
  #length = 0;

  add(text: string): void {
    this.#texts.push(text);
    this.#length += text.length;
  }

  get isFull(): boolean {
    return this.#length >= PIECE;
  }

  take(): string {
    const piece = this.#texts.join("");
    this.#texts = [];
    this.#length = 0;
    return piece;
  }
}

/** Many short texts as few longer ones: to write each by itself would take longer than to make it. */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  const pieces = new Pieces();
  for (const text of texts) {
    pieces.add(text);
    if (pieces.isFull) yield pieces.take();
  }
  const last = pieces.take();
  if (last !== "") yield last;
}
