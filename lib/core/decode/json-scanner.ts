import {
  isSpace,
  LineScanner,
  lineEnd,
  lineStart,
  type RecordScanner,
  skipSpace,
  textStart,
} from './record-scanner.ts';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** By byte: 1 for an opening bracket or brace, -1 for a closing one. */
const DEPTH_CHANGE = new Int8Array(256);
DEPTH_CHANGE[OPEN_BRACE] = DEPTH_CHANGE[OPEN_BRACKET] = 1;
DEPTH_CHANGE[CLOSE_BRACE] = DEPTH_CHANGE[CLOSE_BRACKET] = -1;
/** Of numbers, `true`, `false` and `null`. */
const SCALAR_STARTS: ReadonlySet<number | undefined> = new Set(Buffer.from('-0123456789tfn'));
const SCALAR_BYTES: ReadonlySet<number | undefined> = new Set(Buffer.from('+-.0123456789Eaeflnrstu'));

/**
 * The records of a body that calls itself JSON: the elements of one array; or else objects, however they are laid out,
 * and lines where there is no object (NDJSON under the wrong label, a broken document).
 */
export function jsonScanner(body: Buffer): RecordScanner {
  const from = textStart(body);
  const first = skipSpace(body, from);
  if (body[first] !== OPEN_BRACKET) return new ObjectScanner(body, from);
  return isWholeArray(body, first) ? new ArrayScanner(body, first) : new LineScanner(body, from);
}

/** Whether the body from its `[` at `start` on is one JSON array, judged by its brackets, strings and commas alone. */
export function isWholeArray(body: Buffer, start: number): boolean {
  const scanner = new ArrayScanner(body, start);
  while (scanner.next());
  return scanner.isWhole;
}

/**
 * Where the JSON object or array that begins at `start` ends, or -1 where it does not. Tells strings, escapes and
 * depth apart; what is between them is not judged. A raw line feed inside a string is an error in JSON, which is how a
 * cut line is told from a document over several lines.
 */
export function endOfJson(body: Buffer, start: number): number {
  let depth = 0;
  let previous = COLON;
  for (let at = start; at >= 0 && at < body.length; at += 1) {
    const byte = body[at] as number;
    const change = DEPTH_CHANGE[byte] as number;
    if (change > 0 && !mayPrecedeOpening(previous)) return -1;
    depth += change;
    if (depth === 0) return closes(body[start], byte) ? at + 1 : -1;
    // -2 where the string does not end, which ends the loop.
    if (byte === QUOTE) at = endOfString(body, at) - 1;
    if (!isSpace(byte)) previous = byte;
  }
  return -1;
}

function mayPrecedeOpening(byte: number): boolean {
  return byte === COLON || byte === COMMA || byte === OPEN_BRACKET;
}

function closes(open: number | undefined, close: number): boolean {
  return close === (open === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET);
}

/** The position behind the closing quote of the string that begins at `start`, or -1. */
function endOfString(body: Buffer, start: number): number {
  for (let at = start + 1; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) return at + 1;
    else if (byte === NEWLINE) return -1;
  }
  return -1;
}

class ArrayScanner implements RecordScanner {
  start = 0;
  end = 0;
  /** Set at the end: nothing but white space follows the closing bracket. */
  isWhole = false;
  readonly #body: Buffer;
  #next: number;
  #isFirst = true;

  constructor(body: Buffer, open: number) {
    this.#body = body;
    this.#next = open + 1;
  }

  next(): boolean {
    const body = this.#body;
    let at = skipSpace(body, this.#next);
    if (body[at] === CLOSE_BRACKET) {
      this.isWhole = skipSpace(body, at + 1) === body.length;
      return false;
    }
    if (!this.#isFirst) {
      if (body[at] !== COMMA) return false;
      at = skipSpace(body, at + 1);
    }
    const end = endOfElement(body, at);
    if (end === -1) return false;
    this.#isFirst = false;
    this.#next = end;
    this.start = at;
    this.end = end;
    return true;
  }
}

function endOfElement(body: Buffer, start: number): number {
  const byte = body[start];
  if (byte === QUOTE) return endOfString(body, start);
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET) return endOfJson(body, start);
  if (!SCALAR_STARTS.has(byte)) return -1;
  let at = start + 1;
  while (SCALAR_BYTES.has(body[at])) at += 1;
  return at;
}

/** Objects one behind the other, with any layout, and the lines between them. */
class ObjectScanner implements RecordScanner {
  start = 0;
  end = 0;
  readonly #body: Buffer;
  #next: number;
  /** After one object without an end the rest is read as lines: looking for the next end would not be linear. */
  #isBroken = false;

  constructor(body: Buffer, from: number) {
    this.#body = body;
    this.#next = from;
  }

  next(): boolean {
    const body = this.#body;
    const first = skipSpace(body, this.#next);
    if (first === body.length) return false;
    const end = body[first] === OPEN_BRACE && !this.#isBroken ? endOfJson(body, first) : -1;
    if (end === -1) {
      this.#isBroken ||= body[first] === OPEN_BRACE;
      this.#take(lineStart(body, first, this.#next), lineEnd(body, first));
    } else {
      this.#take(first, standsAlone(body, end) ? end : lineEnd(body, end));
    }
    return true;
  }

  #take(start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.#next = end;
  }
}

/** Whether nothing but another object follows on the same line. */
function standsAlone(body: Buffer, end: number): boolean {
  let at = end;
  while (isSpace(body[at]) && body[at] !== NEWLINE) at += 1;
  return at === body.length || body[at] === NEWLINE || body[at] === OPEN_BRACE;
}
