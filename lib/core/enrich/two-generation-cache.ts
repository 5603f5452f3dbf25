/** A longer key is computed each time: what a client makes up must not fill the memory. */
const KEY_LENGTH_AT_MOST = 1024;

/**
 * A bounded memory of computed values. Two maps of at most `generationSize` entries: what is asked for moves to the young
 * one, and when that is full the old one is forgotten whole. Cheaper per look-up than keeping an exact order of use.
 */
export class TwoGenerationCache<Value> {
  readonly #generationSize: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(generationSize: number) {
    this.#generationSize = generationSize;
  }

  /** The value of `key`, computed where it is not remembered. */
  get(key: string, compute: (key: string) => Value): Value {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    if (key.length > KEY_LENGTH_AT_MOST) return compute(key);
    const own = detached(key);
    const value = this.#old.get(key) ?? compute(own);
    if (this.#young.size >= this.#generationSize) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(own, value);
    return value;
  }
}

/** A copy that does not keep alive the line of which the text is a slice. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
