/** Reads a stream as formats are laid out: so many bytes, then so many. */
export class Pieces {
  readonly #content: AsyncIterator<Buffer>;
  #waiting: Buffer[] = [];

  constructor(content: AsyncIterable<Buffer>) {
    this.#content = content[Symbol.asyncIterator]();
  }

  /** Whatever comes next, at least a byte; null at the end. */
  async some(): Promise<Buffer | null> {
    for (;;) {
      const waiting = this.#waiting.shift();
      if (waiting !== undefined && waiting.length > 0) return waiting;
      if (waiting !== undefined) continue;
      const next = await this.#content.next();
      if (next.done) return null;
      if (next.value.length > 0) return next.value;
    }
  }

  /** Puts bytes back before all others. */
  unread(bytes: Buffer): void {
    this.#waiting.unshift(bytes);
  }

  /** The next `length` bytes in one; fewer only at the end. */
  async take(length: number): Promise<Buffer> {
    const taken: Buffer[] = [];
    for await (const piece of this.pass(length)) taken.push(piece);
    return Buffer.concat(taken);
  }

  /** The next `length` bytes as they come; fewer only at the end. */
  async *pass(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      const piece = await this.some();
      if (piece === null) return;
      if (piece.length > left) this.unread(piece.subarray(left));
      yield piece.subarray(0, left);
      left -= Math.min(left, piece.length);
    }
  }

  async skip(length: number): Promise<void> {
    const passed = this.pass(length);
    while (!(await passed.next()).done);
  }
}
