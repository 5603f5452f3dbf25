/**
 * Walks over the records of a body without copying one: after `next()` returned true, `[start, end)` are the bytes of
 * the current record. Cost is linear in the body, whatever it holds.
 */
export interface RecordScanner {
  readonly start: number;
  readonly end: number;
  next(): boolean;
}

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from('\u{feff}');

/** Where the text of a body begins: behind a UTF-8 byte order mark. */
export function textStart(body: Buffer): number {
  return body.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
}

/** Whether a byte is white space of ASCII. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

/** The first byte at or behind `from` that is not white space, or the body's length. */
export function skipSpace(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length && isSpace(body[at])) at += 1;
  return at;
}

/** Where the line that holds `inside` begins, not before `floor`. */
export function lineStart(body: Buffer, inside: number, floor: number): number {
  let start = inside;
  while (start > floor && body[start - 1] !== NEWLINE) start -= 1;
  return start;
}

/** Where the line that holds `inside` ends: before its LF or CRLF, or at the body's end. */
export function lineEnd(body: Buffer, inside: number): number {
  const newline = body.indexOf(NEWLINE, inside);
  if (newline === -1) return body[body.length - 1] === CARRIAGE_RETURN ? body.length - 1 : body.length;
  return body[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline;
}

/** The records of a text: its lines without their LF or CRLF. A line of white space alone is no record. */
export class LineScanner implements RecordScanner {
  start = 0;
  end = 0;
  readonly #body: Buffer;
  #next: number;

  constructor(body: Buffer, from: number) {
    this.#body = body;
    this.#next = from;
  }

  next(): boolean {
    const body = this.#body;
    const first = skipSpace(body, this.#next);
    if (first === body.length) return false;
    this.start = lineStart(body, first, this.#next);
    this.end = lineEnd(body, first);
    this.#next = this.end;
    return true;
  }
}
