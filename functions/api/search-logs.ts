import { type Refusal, refuse } from '../../lib/core/http/refusal.ts';
import { type SearchRequest, searchQuery } from '../../lib/core/query/search-query.ts';
import type { EventSearch, SearchPage } from '../../lib/ports/event-search.ts';

/** What was found, as the API and the CLI print it: `from` and `to` are the absolute range, ISO 8601. */
export interface SearchAnswer extends Omit<SearchPage, 'tookMs'> {
  readonly took_ms: number;
  readonly from: string;
  readonly to: string;
}

/** Searches the events as the request asks at `nowMs`. Refuses an empty range and a query that the index refuses. */
export async function searchLogs(
  events: EventSearch,
  request: SearchRequest,
  nowMs: number,
): Promise<{ readonly kind: 'found'; readonly answer: SearchAnswer } | Refusal> {
  const query = searchQuery(request, nowMs);
  const { range } = query;
  if (range.fromMs >= range.toMs) return refuse(400, 'empty-time-range', '`from` must be before `to`.');
  const outcome = await events.search(query);
  switch (outcome.kind) {
    case 'found': {
      const { items, total, tookMs, complete } = outcome.page;
      const from = new Date(range.fromMs).toISOString();
      const to = new Date(range.toMs).toISOString();
      return { kind: 'found', answer: { items, total, took_ms: tookMs, complete, from, to } };
    }
    case 'refused':
      return refuse(422, 'query-refused', `The index does not take this query: ${outcome.reason}`);
    case 'unavailable':
      return refuse(503, 'search-unavailable', 'The index does not answer. Send the same search again.', {
        'retry-after': '5',
      });
  }
}
