import type { DialectName } from '../batch/envelope.ts';
import { scanRecords } from './split-records.ts';

/** Where a record's own time stands, if it has one; keeps the test cheap on huge lines. */
const HEAD_BYTES = 4096;
const OPEN_BRACE = 0x7b;

const DATE_TIME = String.raw`\d{4}[-/]?\d\d[-/]?\d\d[T ]\d\d:?\d\d:?\d\d`;
const ACCESS_LOG_TIME = String.raw`\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d`;
const SYSLOG_TIME = String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d`;

/** At the start of a line (after a syslog priority or a level), behind `[` or `|`, or as the value of a field. */
const TIME_IN_TEXT = new RegExp(
  String.raw`(?:^(?:<\d{1,3}>(?:\d )?|\[?[A-Z]{4,8}\]?:? )?|[[|]|\b(?:ts|time|timestamp)="?)(?:${DATE_TIME}|${ACCESS_LOG_TIME}|${SYSLOG_TIME})`,
);
/** A field that names the event's time, holding a date with a time of day, or an epoch in seconds or finer. */
const TIME_IN_JSON = new RegExp(
  String.raw`"(?:@?timestamp|time|ts|date|datetime|asctime|epoch|event_?time)"\s*:\s*"?(?:\d{10}|${DATE_TIME})`,
  'i',
);

/**
 * Whether every record of a body says itself when it happened. Only then is the same body a repeat of the same events;
 * otherwise it may be the same thing happening twice. Errs on the side of no.
 */
export function carriesTime(dialect: DialectName, body: Buffer): boolean {
  if (dialect === 'cloudwatch') return true;
  const scanner = scanRecords(dialect, body);
  while (scanner.next()) {
    const head = body.toString('latin1', scanner.start, Math.min(scanner.end, scanner.start + HEAD_BYTES));
    const time = body[scanner.start] === OPEN_BRACE ? TIME_IN_JSON : TIME_IN_TEXT;
    if (!time.test(head)) return false;
  }
  return true;
}
