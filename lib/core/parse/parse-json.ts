import type { FieldValue } from '../event/log-event.ts';

/** A number of 16 digits, or with an exponent of three, where JSON has a value. Inside a string it costs a slower parse. */
const LONG_NUMBER = /[:[,]\s*-?(?:\d{16}|[\d.]+e\+?\d{3})/i;
const WHOLE_NUMBER = /^-?\d+$/;

/** What a reviver is told of a value beside its name, since V8 11.4; the type declarations do not have it. */
interface Source {
  /** The value as it is written; only where it is not an object or an array. */
  readonly source?: string;
}

/**
 * Reads one JSON value, or undefined where the text is none. A whole number that JavaScript cannot hold exactly, such as
 * a 64-bit id, and one that is too large for it become strings as they are written, so that nothing of them is lost.
 */
export function parseJson(text: string): FieldValue | undefined {
  try {
    return (LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)) as FieldValue;
  } catch {
    // The only way to learn that a text is not JSON is to parse it.
    return undefined;
  }
}

function keepDigits(this: unknown, _name: string, value: unknown, told?: Source): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || told?.source === undefined) return value;
  return !Number.isFinite(value) || WHOLE_NUMBER.test(told.source) ? told.source : value;
}
