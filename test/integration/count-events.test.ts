import { randomUUID } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { afterEach, describe, expect, test } from 'vitest';
import { connectOpenSearch } from '../../lib/adapters/opensearch/client.ts';
import { createOpenSearchEventCounter } from '../../lib/adapters/opensearch/count-events.ts';
import { type CountableEvent, defineEventCounterContract } from '../conformance/event-counter-contract.ts';
import { type Disturb, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { requireEnvironment } from '../support/require-environment.ts';

const url = requireEnvironment('OPENSEARCH_URL');
const client = new Client({ node: url });
const proxies: FaultProxy[] = [];
const window = { start: 1_767_268_800, end: 1_767_268_860 };

function connectCounter(node: string) {
  return createOpenSearchEventCounter(connectOpenSearch(node, 'eu-west-1'));
}

async function connectDisturbed(disturb: Disturb) {
  const proxy = await startFaultProxy(url, disturb);
  proxies.push(proxy);
  return connectCounter(proxy.url);
}

/** Indexes events as Weir's templates map them, into indices that refresh too late for any test. */
async function indexEvents(events: readonly CountableEvent[]): Promise<void> {
  const keyword = { type: 'keyword' } as const;
  for (const index of new Set(events.map((event) => event.index))) {
    const properties = {
      '@timestamp': { type: 'date_nanos' },
      log: { properties: { level: keyword } },
      service: { properties: { name: keyword } },
    } as const;
    const settings = { number_of_replicas: 0, refresh_interval: '1h' };
    await client.indices.create({ index, body: { settings, mappings: { properties } } });
  }
  const body = events.flatMap(({ index, at, level, service }) => [
    { create: { _index: index } },
    { '@timestamp': new Date(at * 1000).toISOString(), log: { level }, service: { name: service } },
  ]);
  await client.bulk({ body });
}

defineEventCounterContract('OpenSearch', async (events) => {
  await indexEvents(events);
  return connectCounter(url);
});

describe('createOpenSearchEventCounter', () => {
  const index = `counted-${randomUUID()}`;
  const query = { indices: [index], levels: [], services: [], window };

  afterEach(async () => {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });

  test('fails one query alone when only that one is wrong', async () => {
    const broken = { ...query, indices: ['_wrong'] };
    const outcomes = await connectCounter(url).count([query, broken, query]);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['counted', 'failed', 'counted']);
  });

  test('counts more than 10,000 events, and more queries than one request holds', async () => {
    const event = { index: `${index}-many`, at: window.start, level: 'error', service: 'orders' };
    await indexEvents(Array.from({ length: 10_050 }, () => event));
    const many = { ...query, indices: [event.index] };
    const outcomes = await connectCounter(url).count(Array.from({ length: 401 }, () => many));
    expect(outcomes).toEqual(Array.from({ length: 401 }, () => ({ kind: 'counted', value: 10_050 })));
  });

  test('fails all queries when the domain refuses', async () => {
    const counter = await connectDisturbed((_number, path) =>
      path.startsWith('/_msearch') ? { kind: 'answer', status: 503 } : undefined,
    );
    expect(await counter.count([query, query])).toEqual([
      { kind: 'failed', reason: 'ResponseError 503' },
      { kind: 'failed', reason: 'ResponseError 503' },
    ]);
  });

  test('fails rather than count too few when the refresh is refused', async () => {
    const counter = await connectDisturbed((_number, path) =>
      path.includes('_refresh') ? { kind: 'answer', status: 403 } : undefined,
    );
    expect(await counter.count([query])).toEqual([{ kind: 'failed', reason: 'refresh: ResponseError 403' }]);
  });

  test('fails when nothing listens', async () => {
    const outcomes = await connectCounter('http://127.0.0.1:1').count([query]);
    expect(outcomes).toMatchObject([{ kind: 'failed' }]);
  });
});
