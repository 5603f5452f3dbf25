import type { CountOutcome } from '../../core/alert/verdict.ts';
import type { CountQuery } from '../../core/query/count-query.ts';
import type { EventCounter } from '../../ports/event-counter.ts';

/** An event as far as a count looks at it. */
export interface CountedEvent {
  readonly index: string;
  /** Epoch seconds. */
  readonly at: number;
  readonly level: string;
  readonly service: string;
}

/** An EventCounter over a list of events, which may be added to; it fails while `failure` has a reason. */
export function createMemoryEventCounter(): EventCounter & {
  readonly events: CountedEvent[];
  failure?: string;
} {
  const counter: EventCounter & { readonly events: CountedEvent[]; failure?: string } = {
    events: [],
    async count(queries) {
      return queries.map((query): CountOutcome => {
        if (counter.failure !== undefined) return { kind: 'failed', reason: counter.failure };
        return { kind: 'counted', value: counter.events.filter((event) => matches(query, event)).length };
      });
    },
  };
  return counter;
}

function matches(query: CountQuery, event: CountedEvent): boolean {
  const { indices, levels, services, window } = query;
  return (
    indices.some((pattern) => matchesPattern(pattern, event.index)) &&
    event.at >= window.start &&
    event.at < window.end &&
    (levels.length === 0 || levels.includes(event.level)) &&
    (services.length === 0 || services.includes(event.service))
  );
}

/** As OpenSearch reads it: `*` stands for any characters, at the end here. */
function matchesPattern(pattern: string, index: string): boolean {
  return pattern.endsWith('*') ? index.startsWith(pattern.slice(0, -1)) : pattern === index;
}
