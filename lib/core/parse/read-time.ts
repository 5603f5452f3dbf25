import type { FieldValue } from '../event/log-event.ts';
import { readClfTime } from './clf-time.ts';
import { readEpochTime } from './epoch-time.ts';
import type { Instant, ZoneOffset } from './instant.ts';
import { readIsoTime } from './iso-time.ts';

/** The formats of time that Weir reads, under the names that Logstash and Elasticsearch give them, and CLF. */
export const TIME_FORMATS = ['ISO8601', 'UNIX', 'CLF'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

const READERS: Readonly<Record<TimeFormat, (text: string, zone: ZoneOffset) => Instant | undefined>> = {
  ISO8601: readIsoTime,
  UNIX: readEpochTime,
  CLF: readClfTime,
};

/** The longest text that a time of any format takes; anything longer is refused unread. */
const LONGEST_TIME = 64;

/** Reads a field as a time in the first of `formats` that fits; undefined where none does. */
export function readTime(
  value: FieldValue | undefined,
  formats: readonly TimeFormat[],
  zone: ZoneOffset,
): Instant | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  if (text.length > LONGEST_TIME) return undefined;
  for (const format of formats) {
    const instant = READERS[format](text, zone);
    if (instant !== undefined) return instant;
  }
  return undefined;
}
