import { type Refusal, refuse } from '../../lib/core/http/refusal.ts';
import { type SearchRequest, searchQuery } from '../../lib/core/query/search-query.ts';
import type { TimeRange } from '../../lib/core/query/time-range.ts';
import type { EventSearch, SearchPage } from '../../lib/ports/event-search.ts';

/** What was found, and the absolute range that was searched. */
export interface Found extends SearchPage {
  readonly kind: 'found';
  readonly range: TimeRange;
}

/** Searches the events as the request asks at `nowMs`. Refuses an empty range and a query that the index refuses. */
export async function searchLogs(
  events: EventSearch,
  request: SearchRequest,
  nowMs: number,
): Promise<Found | Refusal> {
  const query = searchQuery(request, nowMs);
  const { range } = query;
  if (range.fromMs >= range.toMs) return refuse(400, 'empty-time-range', '`from` must be before `to`.');
  const outcome = await events.search(query);
  switch (outcome.kind) {
    case 'found':
      return { ...outcome.page, kind: 'found', range };
    case 'refused':
      return refuse(422, 'query-refused', `The index does not take this query: ${outcome.reason}`);
    case 'unavailable':
      return refuse(503, 'search-unavailable', 'The index does not answer. Send the same search again.', {
        'retry-after': '5',
      });
  }
}
