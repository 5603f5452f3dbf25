import type { ArchivedEvent } from '../../core/archive/archive-file.ts';
import type { LogEvent } from '../../core/event/log-event.ts';
import { getField } from '../../core/event/log-event.ts';
import type { SearchQuery } from '../../core/query/search-query.ts';
import type { EventSearch } from '../../ports/event-search.ts';

/** An EventSearch over the given events. It knows words of the message, not the whole query syntax. */
export function createMemoryEventSearch(events: readonly ArchivedEvent[]): EventSearch {
  return {
    async search(query) {
      const found = events.filter((event) => matches(event, query)).sort(newestFirst);
      const total = { value: found.length, relation: 'eq' } as const;
      return { kind: 'found', page: { items: found.slice(0, query.size), total, tookMs: 0, complete: true } };
    },
  };
}

function matches({ _source }: ArchivedEvent, { text, service, level, range }: SearchQuery): boolean {
  const field = (...path: string[]): string => String(getField(_source as LogEvent, path) ?? '');
  const timeMs = Date.parse(field('@timestamp'));
  const words = text.toLowerCase().split(/\s+/);
  const message = field('message').toLowerCase();
  return (
    timeMs >= range.fromMs &&
    timeMs < range.toMs &&
    (service === undefined || field('service', 'name') === service) &&
    (level === undefined || field('log', 'level').toLowerCase() === level.toLowerCase()) &&
    words.every((word) => message.includes(word))
  );
}

function newestFirst(left: ArchivedEvent, right: ArchivedEvent): number {
  const key = (event: ArchivedEvent): string => `${String(event._source['@timestamp'])} ${event._id}`;
  return key(left) < key(right) ? 1 : -1;
}
