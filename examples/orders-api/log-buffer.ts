interface Limits {
  readonly maxLines: number;
  readonly maxBytes: number;
}

/** Log lines waiting for delivery, oldest first, bounded in count and in bytes. */
export class LogBuffer {
  readonly #room: Limits;
  readonly #batch: Limits;
  #lines: string[] = [];
  #bytes = 0;

  constructor(room: Limits, batch: Limits) {
    this.#room = room;
    this.#batch = batch;
  }

  get size(): number {
    return this.#lines.length;
  }

  get holdsFullBatch(): boolean {
    return this.#lines.length >= this.#batch.maxLines || this.#bytes >= this.#batch.maxBytes;
  }

  /** Takes the line in, or returns false where there is no room for it: what waits already is never pushed out. */
  add(line: string): boolean {
    const bytes = Buffer.byteLength(line);
    if (this.#lines.length >= this.#room.maxLines || this.#bytes + bytes > this.#room.maxBytes) return false;
    this.#lines.push(line);
    this.#bytes += bytes;
    return true;
  }

  /** The oldest lines that fit into one batch, at least one where there is any. They stay until `discard`. */
  peekBatch(): readonly string[] {
    let bytes = 0;
    const cut = this.#lines.findIndex((line, index) => {
      bytes += Buffer.byteLength(line);
      return index > 0 && (index >= this.#batch.maxLines || bytes > this.#batch.maxBytes);
    });
    return cut === -1 ? [...this.#lines] : this.#lines.slice(0, cut);
  }

  /** Forgets the oldest `count` lines. */
  discard(count: number): void {
    for (const line of this.#lines.slice(0, count)) this.#bytes -= Buffer.byteLength(line);
    this.#lines = this.#lines.slice(count);
  }
}
