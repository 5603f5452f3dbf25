import { getField, type LogEvent, setField } from '../event/log-event.ts';

const ORIGINAL = ['event', 'original'] as const;

/** Keeps the line of a text record as it came, before the first step that takes it apart. */
export function keepOriginal(event: LogEvent): void {
  const line = event['message'];
  if (line !== undefined && getField(event, ORIGINAL) === undefined) setField(event, ORIGINAL, line);
}
