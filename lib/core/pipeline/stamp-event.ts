import { type FieldValue, getField, isObject, type LogEvent, setField } from '../event/log-event.ts';
import { date } from '../parse/date.ts';
import { readIsoTime } from '../parse/iso-time.ts';
import type { RecordContext, Step } from '../processor/spec.ts';

const SERVICE_NAME = ['service', 'name'] as const;
const EXTRA = ['weir', 'extra'] as const;
const UTC = (): number => 0;

const readTimestamp: Step = date.build(date.options.parse({ field: '@timestamp' }), {});

/**
 * Compiles the last step of a pipeline, which gives an event the fields that every event has: `@timestamp`,
 * `event.ingested`, `service.name` (the source where the event names none), `weir.pipeline` and `weir.source`.
 * It returns the event's time in epoch ms.
 */
export function compileStamp(pipeline: string): (event: LogEvent, context: RecordContext) => number {
  // A batch has one receive time and many events.
  let received = { ms: Number.NaN, iso: '' };
  return (event, context) => {
    if (received.ms !== context.receivedAtMs) {
      received = { ms: context.receivedAtMs, iso: new Date(context.receivedAtMs).toISOString() };
    }
    const timeMs = stampedMs(event, context);
    setField(event, ['event', 'ingested'], received.iso);
    setField(event, ['weir', 'pipeline'], pipeline);
    setField(event, ['weir', 'source'], context.source);
    const service = getField(event, SERVICE_NAME);
    if (service === undefined || service === null || service === '') {
      setField(event, SERVICE_NAME, context.source);
    }
    return timeMs;
  };
}

/** Turns what was folded into text: an index keeps it as it is, without a field for each of its names. */
export function sealExtra(event: LogEvent): void {
  const extra = getField(event, EXTRA);
  if (isObject(extra)) setField(event, EXTRA, JSON.stringify(extra));
}

function stampedMs(event: LogEvent, context: RecordContext): number {
  const stamped = readStamp(event['@timestamp']);
  if (stamped !== undefined) return stamped;
  readTimestamp(event, context);
  return readStamp(event['@timestamp']) ?? context.receivedAtMs;
}

/** What `date` leaves behind, in epoch ms; undefined for anything else. */
function readStamp(value: FieldValue | undefined): number | undefined {
  if (typeof value !== 'string' || value.charAt(10) !== 'T' || !value.endsWith('Z')) return undefined;
  const instant = readIsoTime(value, UTC);
  return instant?.iso === value ? instant.epochMs : undefined;
}
