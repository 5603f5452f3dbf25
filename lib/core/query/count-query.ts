import type { Rule } from '../alert/rule.ts';
import type { Window } from '../alert/schedule.ts';

/** Which events to count. */
export interface CountQuery {
  /** Data streams, indices and patterns of them. One that does not exist holds no events. */
  readonly indices: readonly string[];
  /** Lower-case values of `log.level`; none means all. */
  readonly levels: readonly string[];
  /** Values of `service.name`; none means all. */
  readonly services: readonly string[];
  /** Of `@timestamp`. */
  readonly window: Window;
}

/** What a rule counts in one window. */
export function countQuery(rule: Rule, window: Window): CountQuery {
  return { indices: rule.indices, levels: rule.levels, services: rule.services, window };
}

/** The search body in OpenSearch query DSL: an exact count, no documents. */
export function toSearchBody(query: CountQuery): Record<string, unknown> {
  const { start, end } = query.window;
  // format: without it a mapping with its own date format would read the bounds by that one
  const range = { gte: start * 1000, lt: end * 1000, format: 'epoch_millis' };
  const filter: Record<string, unknown>[] = [{ range: { '@timestamp': range } }];
  if (query.levels.length > 0) filter.push({ terms: { 'log.level': query.levels } });
  if (query.services.length > 0) filter.push({ terms: { 'service.name': query.services } });
  return { size: 0, track_total_hits: true, query: { bool: { filter } } };
}
