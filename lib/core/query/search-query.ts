import * as z from 'zod';
import { resolveRange, TimeBounds, type TimeRange } from './time-range.ts';

const SEARCH_SIZE_MAX = 1000;
const DEFAULT_SIZE = 100;
const DEFAULT_RANGE_SECONDS = 15 * 60;
/** Counting further costs more than anybody reads from it; the answer says `gte` then. */
const COUNTED_AT_MOST = 10_000;
const SEARCHED_FIELDS = [
  'message',
  'error.message',
  'error.stack_trace',
  'error.type',
  'log.logger',
  'service.name',
  'trace.id',
  'tags',
  'weir.extra',
];
/** No fuzzy, slop or regular-expression syntax: each of them can make one query expensive. */
const SYNTAX = 'AND|OR|NOT|PHRASE|PRECEDENCE|PREFIX|WHITESPACE|ESCAPE';

/** A search as users ask for it; `from` and `to` are times such as `now-1h` or ISO 8601. */
export const SearchRequest = z.strictObject({
  q: z.string().max(1000).optional(),
  service: z.string().min(1).max(256).optional(),
  level: z.string().min(1).max(64).optional(),
  ...TimeBounds,
  size: z.coerce.number().int().min(1).max(SEARCH_SIZE_MAX).default(DEFAULT_SIZE),
});
export type SearchRequest = z.output<typeof SearchRequest>;

/** A search with its time range frozen. */
export interface SearchQuery {
  /** Words that must all occur, `"phrases"`, `-not`, `a | b`, `prefix*`; empty for everything. */
  readonly text: string;
  readonly service?: string | undefined;
  /** Upper and lower case do not matter. */
  readonly level?: string | undefined;
  readonly range: TimeRange;
  readonly size: number;
}

/** Freezes a request at `nowMs`: the last 15 minutes where it names no time. */
export function searchQuery(request: SearchRequest, nowMs: number): SearchQuery {
  const { q = '', service, level, size } = request;
  const range = resolveRange(request, nowMs, DEFAULT_RANGE_SECONDS);
  return { text: q.trim(), service, level, range, size };
}

/** The body of the `_search` request: filters only, newest first, equal times in the order of their ids. */
export function searchBody(query: SearchQuery): Record<string, unknown> {
  const { text, service, level, range, size } = query;
  const between = { gte: new Date(range.fromMs).toISOString(), lt: new Date(range.toMs).toISOString() };
  return {
    size,
    timeout: '10s',
    track_total_hits: COUNTED_AT_MOST,
    query: {
      bool: {
        filter: [
          { range: { '@timestamp': between } },
          ...(service === undefined ? [] : [{ term: { 'service.name': service } }]),
          ...(level === undefined ? [] : [{ term: { 'log.level': level } }]),
          ...(text === '' || text === '*' ? [] : [textQuery(text)]),
        ],
      },
    },
    sort: [
      { '@timestamp': { order: 'desc', numeric_type: 'date_nanos', unmapped_type: 'date_nanos' } },
      // The same value as `_id`; sorting by `_id` itself would load every id of the index into memory.
      { 'event.id': { order: 'desc', unmapped_type: 'keyword' } },
    ],
  };
}

function textQuery(text: string): Record<string, unknown> {
  return {
    simple_query_string: {
      query: text,
      fields: SEARCHED_FIELDS,
      default_operator: 'and',
      flags: SYNTAX,
      lenient: true,
    },
  };
}
