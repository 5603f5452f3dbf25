import { cutBytes } from '../event/cut-bytes.ts';
import {
  addFlag,
  defineField,
  type FieldValue,
  isObject,
  type LogEvent,
  setField,
  takeField,
} from '../event/log-event.ts';

/** Lucene's longest term: a keyword beyond it would refuse the whole document. */
const KEYWORD_BYTES_AT_MOST = 32_766;
const EVENT_BYTES_AT_MOST = 1_048_576;
/** Records shorter than these cannot exceed the limits, whatever the steps made of them. */
const KEYWORDS_FIT_BELOW = 8000;
const EVENT_FITS_BELOW = 64_000;

/** What every text is cut to, one after the other, until the event fits. */
const TEXT_BYTES = [768, 256, 64, 16, 4, 1].map((kibibytes) => kibibytes * 1024);

/** Fields that are kept where cutting texts is not enough. */
const ESSENTIAL = ['@timestamp', 'message', 'tags', 'data_stream', 'weir'];
const EXTRA = ['weir', 'extra'];
const EXTRA_BYTES_AT_MOST = 262_144;

/**
 * Bounds an event that was made of a record of `recordLength` characters: texts in `prose` fields (dotted names) as long
 * as the event stays within 1 MiB, others to what a keyword may hold. What is cut is flagged `cut`.
 */
export function fitEvent(event: LogEvent, recordLength: number, prose: ReadonlySet<string>): void {
  if (recordLength < KEYWORDS_FIT_BELOW) return;
  cutTexts(event, event, '', (name) => (prose.has(name) ? Number.POSITIVE_INFINITY : KEYWORD_BYTES_AT_MOST));
  if (recordLength < EVENT_FITS_BELOW || jsonBytes(event) <= EVENT_BYTES_AT_MOST) return;
  addFlag(event, 'cut');
  takeField(event, ['event', 'original']);
  for (const bytes of TEXT_BYTES) {
    if (jsonBytes(event) <= EVENT_BYTES_AT_MOST) return;
    cutTexts(event, event, '', () => bytes);
  }
  if (jsonBytes(event) > EVENT_BYTES_AT_MOST) keepEssentials(event);
}

function jsonBytes(event: LogEvent): number {
  return Buffer.byteLength(JSON.stringify(event), 'utf8');
}

type TextLimit = (name: string) => number;

function cutTexts(event: LogEvent, fields: LogEvent, above: string, limit: TextLimit): void {
  for (const [key, value] of Object.entries(fields)) {
    const cut = cutValue(event, value, above + key, limit);
    if (cut !== value) defineField(fields, key, cut);
  }
}

function cutValue(event: LogEvent, value: FieldValue, name: string, limit: TextLimit): FieldValue {
  if (typeof value === 'string') {
    const cut = cutBytes(value, limit(name));
    if (cut !== value) addFlag(event, 'cut');
    return cut;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) value[index] = cutValue(event, item, name, limit);
  } else if (isObject(value)) {
    cutTexts(event, value, `${name}.`, limit);
  }
  return value;
}

/** Last of all: the other fields as one text, of which the beginning stays. */
function keepEssentials(event: LogEvent): void {
  const rest: LogEvent = {};
  for (const [name, value] of Object.entries(event)) {
    if (ESSENTIAL.includes(name)) continue;
    defineField(rest, name, value);
    delete event[name];
  }
  const extra = takeField(event, EXTRA);
  if (extra !== undefined) setField(rest, EXTRA, extra);
  setField(event, EXTRA, cutBytes(JSON.stringify(rest), EXTRA_BYTES_AT_MOST));
  addFlag(event, 'folded');
}
