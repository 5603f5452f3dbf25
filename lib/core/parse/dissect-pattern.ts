import { fieldPath } from '../event/log-event.ts';

/** One key of a dissect pattern and the text behind it. */
export interface DissectKey {
  /** Where the text goes; undefined for `%{}` and `%{?name}`, which are skipped. */
  readonly path: readonly string[] | undefined;
  /** `%{+field}`: added to what an earlier key put into the same field. */
  readonly appends: boolean;
  /** `%{field->}`: the delimiter may be repeated, as in columns padded with blanks. */
  readonly isPadded: boolean;
  /** The text between this key and the next; empty behind the last key, which takes the rest. */
  readonly delimiter: string;
}

/** A dissect pattern, read once. */
export interface DissectPattern {
  /** The text in front of the first key. */
  readonly prefix: string;
  readonly keys: readonly DissectKey[];
}

const KEY = /%\{([+?]?)([^%{}]*?)(->)?\}/g;
const LEGAL_FIELD = /^[^\s.]+(\.[^\s.]+)*$/;

/** Reads a pattern such as `%{log.level}|%{message}`; a string says what is wrong with it. */
export function compileDissect(pattern: string): DissectPattern | string {
  const found = [...pattern.matchAll(KEY)];
  const first = found[0];
  if (first === undefined) return 'holds no key; a key is written %{field}';
  const keys: DissectKey[] = [];
  for (const [position, match] of found.entries()) {
    const next = found[position + 1];
    const delimiter = pattern.slice(match.index + match[0].length, next?.index);
    const problem = keyProblem(match, delimiter, next);
    if (problem !== undefined) return problem;
    keys.push(readKey(match, delimiter));
  }
  return { prefix: pattern.slice(0, first.index), keys };
}

function keyProblem(match: RegExpExecArray, delimiter: string, next?: RegExpExecArray): string | undefined {
  const [whole, modifier, field = ''] = match;
  if (next !== undefined && delimiter === '') return `has nothing between ${whole} and ${next[0]}`;
  if (delimiter.includes('%{')) return `has an unfinished key: ${delimiter}`;
  const isSkipped = field === '' || modifier === '?';
  return isSkipped || LEGAL_FIELD.test(field) ? undefined : `names an illegal field: ${whole}`;
}

function readKey([, modifier, field = '', arrow]: RegExpExecArray, delimiter: string): DissectKey {
  const isSkipped = field === '' || modifier === '?';
  return {
    path: isSkipped ? undefined : fieldPath(field),
    appends: modifier === '+',
    isPadded: arrow !== undefined,
    delimiter,
  };
}

/** Cuts a text by the pattern into one value for each key; undefined where it does not fit. Linear in the text. */
export function cutByPattern(pattern: DissectPattern, text: string): string[] | undefined {
  if (!text.startsWith(pattern.prefix)) return undefined;
  const values: string[] = [];
  let at = pattern.prefix.length;
  for (const key of pattern.keys) {
    if (key.delimiter === '') {
      values.push(text.slice(at));
      break;
    }
    const end = text.indexOf(key.delimiter, at);
    if (end < 0) return undefined;
    values.push(text.slice(at, end));
    at = end + key.delimiter.length;
    if (key.isPadded) at = skipRepeated(text, at, key.delimiter);
  }
  return values;
}

function skipRepeated(text: string, start: number, delimiter: string): number {
  let at = start;
  while (text.startsWith(delimiter, at)) at += delimiter.length;
  return at;
}
