import type { Client } from '@opensearch-project/opensearch';
import type { CountOutcome } from '../../core/alert/verdict.ts';
import { type CountQuery, toSearchBody } from '../../core/query/count-query.ts';
import type { EventCounter } from '../../ports/event-counter.ts';
import type { OpenSearchConnection } from './client.ts';

const QUERIES_AT_ONCE = 200;
/** A rule may come before its first event has made the index. */
const MAY_BE_MISSING = { ignore_unavailable: true, allow_no_indices: true };

interface SearchAnswer {
  readonly error?: { readonly type?: string };
  readonly timed_out?: boolean;
  readonly _shards?: { readonly failed?: number };
  readonly hits?: { readonly total?: { readonly value: number } };
}

/** The EventCounter in an OpenSearch domain: one `_msearch` for every 200 queries, after a refresh of what they count. */
export function createOpenSearchEventCounter(connect: OpenSearchConnection): EventCounter {
  return {
    async count(queries) {
      const client = await connect();
      const stale = await refreshAll(client, queries);
      const outcomes: CountOutcome[] = [];
      for (let start = 0; start < queries.length; start += QUERIES_AT_ONCE) {
        outcomes.push(...(await searchAll(client, queries.slice(start, start + QUERIES_AT_ONCE))));
      }
      return outcomes.map((outcome, place) => stale.get(sourceOf(queries[place])) ?? outcome);
    },
  };
}

function sourceOf(query: CountQuery | undefined): string {
  return query?.indices.join(',') ?? '';
}

/**
 * What was indexed a moment ago is not searchable before the next refresh, although its batch is settled: without this a
 * count could be final and too low. Returns the sources that could not be refreshed.
 */
async function refreshAll(
  client: Client,
  queries: readonly CountQuery[],
): Promise<ReadonlyMap<string, CountOutcome>> {
  const stale = new Map<string, CountOutcome>();
  const refresh = async (index: string): Promise<void> => {
    try {
      const { body } = await client.indices.refresh({ index, ...MAY_BE_MISSING });
      if (body._shards?.failed) stale.set(index, failed('refresh failed on some shards'));
    } catch (error) {
      stale.set(index, failed(`refresh: ${describe(error)}`));
    }
  };
  await Promise.all([...new Set(queries.map(sourceOf))].map(refresh));
  return stale;
}

async function searchAll(client: Client, queries: readonly CountQuery[]): Promise<CountOutcome[]> {
  const body = queries.flatMap((query) => [{ index: query.indices, ...MAY_BE_MISSING }, toSearchBody(query)]);
  try {
    const answer = await client.msearch({ body });
    const responses = answer.body.responses as readonly SearchAnswer[];
    return queries.map((_query, place) => readAnswer(responses[place]));
  } catch (error) {
    return queries.map(() => failed(describe(error)));
  }
}

function readAnswer(answer: SearchAnswer = {}): CountOutcome {
  const value = answer.hits?.total?.value;
  if (answer.error !== undefined || value === undefined) return failed(answer.error?.type ?? 'no answer');
  if (answer.timed_out || answer._shards?.failed) return failed('answered by only some of the shards');
  return { kind: 'counted', value };
}

function failed(reason: string): CountOutcome {
  return { kind: 'failed', reason };
}

/** Of a connection error the name is all there is to tell; of an answer, the status. */
function describe(error: unknown): string {
  const { statusCode } = error as { statusCode?: number };
  const name = error instanceof Error ? error.name : String(error);
  return statusCode === undefined ? name : `${name} ${statusCode}`;
}
