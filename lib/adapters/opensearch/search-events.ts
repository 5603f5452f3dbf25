import type { ArchivedEvent } from '../../core/archive/archive-file.ts';
import { type SearchQuery, searchBody } from '../../core/query/search-query.ts';
import { STREAM_PATTERN } from '../../core/setup/domain-template.ts';
import type { EventSearch, SearchOutcome } from '../../ports/event-search.ts';
import type { OpenSearchConnection } from './client.ts';

const TOO_MANY_WORDS = /too_many_(nested_)?clauses/;
const QUERY = { ignore_unavailable: 'true', allow_no_indices: 'true' };

interface ShardFailure {
  readonly reason: { readonly type: string; readonly reason?: string };
}

interface SearchAnswer {
  readonly took: number;
  readonly timed_out: boolean;
  readonly _shards: { readonly failed: number; readonly failures?: readonly ShardFailure[] };
  readonly hits: {
    readonly total: { readonly value: number; readonly relation: 'eq' | 'gte' };
    readonly hits: readonly ArchivedEvent[];
  };
}

/**
 * The EventSearch over the data streams and the dated indices that Weir writes, and over those alone: a wider pattern
 * would show other people's indices to whoever may read logs.
 */
export function createOpenSearchEvents(
  connect: OpenSearchConnection,
  datedPatterns: readonly string[],
): EventSearch {
  const path = `/${[STREAM_PATTERN, ...datedPatterns].join(',')}/_search`;
  return {
    async search(query) {
      const { errors } = await import('@opensearch-project/opensearch');
      try {
        return await find(connect, path, query);
      } catch (error) {
        if (!(error instanceof errors.OpenSearchClientError)) throw error;
        const status = error instanceof errors.ResponseError ? error.statusCode : undefined;
        return {
          kind: isQueryAtFault(status, error.message) ? 'refused' : 'unavailable',
          reason: reasonOf(error),
        };
      }
    },
  };
}

async function find(connect: OpenSearchConnection, path: string, query: SearchQuery): Promise<SearchOutcome> {
  const client = await connect();
  const { body } = await client.transport.request({
    method: 'POST',
    path,
    querystring: QUERY,
    body: searchBody(query),
  });
  const { took, timed_out, _shards, hits } = body as SearchAnswer;
  // Shards whose times lie outside the range never see the query, and so do not mind it.
  const refusal = _shards.failures?.find(({ reason }) => TOO_MANY_WORDS.test(reason.type));
  if (refusal !== undefined) return { kind: 'refused', reason: refusal.reason.reason ?? refusal.reason.type };
  const page = {
    items: hits.hits.map(({ _index, _id, _source }) => ({ _index, _id, _source })),
    total: hits.total,
    tookMs: took,
    complete: !timed_out && _shards.failed === 0,
  };
  return { kind: 'found', page };
}

/**
 * 401 and 403 are the deployment's fault, 429 is load: a better query would not help. Too many words are answered with
 * 500, although the same query will never be taken.
 */
function isQueryAtFault(status: number | undefined, message: string): boolean {
  return status === 400 || status === 413 || TOO_MANY_WORDS.test(message);
}

function reasonOf(error: Error): string {
  return error.message.slice(0, 300);
}
