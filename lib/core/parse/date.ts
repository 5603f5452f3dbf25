import * as z from 'zod';
import { foldField } from '../event/fold-field.ts';
import { addFlag, type FieldValue, getField, type LogEvent, takeField } from '../event/log-event.ts';
import { FieldNames } from '../processor/field-name.ts';
import { defineProcessor, type RecordContext, type StepFailure } from '../processor/spec.ts';
import { readTime, TIME_FORMATS } from './read-time.ts';
import { compileZone } from './zone.ts';

/** Names under which applications and shippers send the time of a line, most telling first. */
const TIME_FIELDS = [
  '@timestamp',
  'timestamp',
  'time',
  'ts',
  'datetime',
  'asctime',
  '@t',
  'eventTime',
  'date',
];

const NO_TIME: StepFailure = {
  kind: 'failed',
  tag: '_dateparsefailure',
  reason: 'no format fits the value of @timestamp',
};

const DateOptions = z.strictObject({
  field: FieldNames.prefault(TIME_FIELDS).meta({
    description: 'Fields to read the time from; the first that holds a time is taken, the others stay.',
  }),
  formats: z
    .array(z.enum(TIME_FORMATS))
    .min(1)
    .default([...TIME_FORMATS])
    .meta({ description: 'Formats to try, in order.' }),
  zone: z
    .string()
    .default('UTC')
    .transform((name, context) => {
      const zone = compileZone(name);
      if (zone !== undefined) return zone;
      context.addIssue('must be UTC, an offset such as +02:00, or an IANA name such as Europe/Berlin');
      return z.NEVER;
    })
    .meta({ description: 'Zone of times that name none: `UTC`, an offset, or an IANA name.' }),
});

/** The time of the event, as `@timestamp` in UTC with the digits that were written. */
export const date = defineProcessor({
  name: 'date',
  summary: 'Reads when the event happened into `@timestamp`.',
  options: DateOptions,
  build({ field: paths, formats, zone }) {
    return (event, context) => {
      for (const path of paths) {
        const instant = readTime(getField(event, path), formats, zone);
        if (instant === undefined) continue;
        // Taking a field away makes the whole object slow, which the usual name does not need.
        if (path[0] !== '@timestamp') takeField(event, path);
        event['@timestamp'] = instant.iso;
        return undefined;
      }
      return fallBack(event, context);
    };
  },
  guarantees: [
    '`@timestamp` is a time afterwards: ISO 8601 in UTC with three to nine digits of the second, none of them lost.',
    'Without a readable time the event gets the time of its transport, or when it was received (flagged `time:received`).',
    'A value of `@timestamp` that is not a time is kept in `weir.extra`.',
  ],
  limits: [
    'Years outside 1970 to 2261, which an index of nanoseconds cannot hold, are not times.',
    'A number of 10, 13, 16 or 19 digits is seconds, ms, microseconds or nanoseconds; other numbers are not times.',
  ],
  examples: [
    {
      title: 'Python logging, local time',
      options: { zone: '+01:00' },
      given: { '@timestamp': '2025-11-02 10:11:12,345' },
      expect: { '@timestamp': '2025-11-02T09:11:12.345Z' },
    },
    {
      title: 'nanoseconds are kept',
      options: {},
      given: { time: '2025-11-02T10:11:12.123456789Z' },
      expect: { '@timestamp': '2025-11-02T10:11:12.123456789Z' },
    },
    {
      title: 'epoch ms in a field of the application',
      options: { field: 'logged_at', formats: ['UNIX'] },
      given: { logged_at: 1762078272345 },
      expect: { '@timestamp': '2025-11-02T10:11:12.345Z' },
    },
    {
      title: 'a value that is not a time',
      options: {},
      given: { '@timestamp': 'yesterday' },
      expect: {
        '@timestamp': '2025-11-02T12:00:00.000Z',
        weir: { extra: { '@timestamp': 'yesterday' }, flags: ['folded', 'time:received'] },
      },
      fails: '_dateparsefailure',
    },
    {
      title: 'no time at all',
      options: {},
      given: { message: 'hello' },
      expect: {
        message: 'hello',
        '@timestamp': '2025-11-02T12:00:00.000Z',
        weir: { flags: ['time:received'] },
      },
    },
  ],
});

function fallBack(event: LogEvent, context: RecordContext): StepFailure | undefined {
  const unread: FieldValue | undefined = takeField(event, ['@timestamp']);
  const isUnread = unread !== undefined && unread !== null;
  if (isUnread) foldField(event, '@timestamp', unread);
  if (context.recordTimeMs === undefined) addFlag(event, 'time:received');
  event['@timestamp'] = new Date(context.recordTimeMs ?? context.receivedAtMs).toISOString();
  return isUnread ? NO_TIME : undefined;
}
