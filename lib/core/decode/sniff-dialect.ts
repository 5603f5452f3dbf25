import type { DialectName } from '../batch/envelope.ts';
import { endOfJson, isWholeArray } from './json-scanner.ts';
import { lineEnd, skipSpace, textStart } from './record-scanner.ts';

const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

/**
 * The dialect of a body that does not name one: `ndjson` where the first line is one JSON object and more follows, `json`
 * for one array or one document, `text` for anything else.
 */
export function sniffDialect(body: Buffer): Exclude<DialectName, 'cloudwatch'> {
  const first = skipSpace(body, textStart(body));
  if (body[first] === OPEN_BRACKET) return isWholeArray(body, first) ? 'json' : 'text';
  if (body[first] !== OPEN_BRACE) return 'text';
  const end = endOfJson(body, first);
  if (end === -1) return 'text';
  const isLine = end <= lineEnd(body, first);
  return isLine && skipSpace(body, end) < body.length ? 'ndjson' : 'json';
}
