import { AlertEvent } from './event.ts';

const START = '2026-01-01T12:00:00.000Z';
const END = '2026-01-01T12:05:00.000Z';

/** A firing event of a rule on the orders API, with other fields in the place of some. */
export function sampleEvent(fields: Partial<AlertEvent> = {}): AlertEvent {
  return AlertEvent.parse({
    id: 'ev_1',
    kind: 'firing',
    episode: 'ep_1',
    sequence: 1,
    rule: { id: 'orders-errors', name: 'Orders API errors' },
    group: 'all',
    severity: 'warning',
    operator: 'greater_than_or_equal',
    threshold: 1,
    value: 3,
    peak: 3,
    window: { start: START, end: END },
    started_at: END,
    duration_seconds: 0,
    completeness: 1,
    suppressed: 0,
    query: { indices: ['orders-*'], levels: ['error'], services: [] },
    ...fields,
  });
}
