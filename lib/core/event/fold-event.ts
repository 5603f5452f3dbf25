import { addFlag, defineField, type FieldValue, isObject, type LogEvent } from './log-event.ts';

/** Fields whose type Weir itself decides, so that no mapping refuses them. */
const KEPT = ['@timestamp', 'data_stream', 'tags', 'weir'] as const;
const EVENT_KEPT = ['id', 'ingested', 'original'] as const;

/**
 * The same event for an index that refused it: what Weir does not type itself moves as JSON text to `weir.extra`, so
 * that the event is found by its message and time, and nothing of it is lost. Flagged `folded`.
 */
export function foldEvent(event: LogEvent): LogEvent {
  const folded: LogEvent = {};
  const extra: LogEvent = {};
  for (const [name, value] of Object.entries(event)) {
    if ((KEPT as readonly string[]).includes(name)) folded[name] = value;
    else if (name === 'message' && typeof value === 'string') folded[name] = value;
    else if (name === 'event') splitEventFields(value, folded, extra);
    else defineField(extra, name, value);
  }
  const weir = folded['weir'];
  const inside = isObject(weir) ? weir : {};
  // What the pipeline folded is text already, and must not be lost to what is folded now.
  if (inside['extra'] !== undefined) extra['weir'] = { extra: inside['extra'] };
  const flags = Array.isArray(inside['flags']) ? [...inside['flags']] : [];
  folded['weir'] = { ...inside, extra: JSON.stringify(extra), flags };
  addFlag(folded, 'folded');
  return folded;
}

function splitEventFields(value: FieldValue, folded: LogEvent, extra: LogEvent): void {
  if (!isObject(value)) {
    extra['event'] = value;
    return;
  }
  const kept: LogEvent = {};
  const rest: LogEvent = {};
  for (const [name, inner] of Object.entries(value)) {
    const target = (EVENT_KEPT as readonly string[]).includes(name) ? kept : rest;
    defineField(target, name, inner);
  }
  folded['event'] = kept;
  if (Object.keys(rest).length > 0) extra['event'] = rest;
}
