import { randomBytes } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setUpDomain } from '../../functions/setup-domain/set-up-domain.ts';
import { connectOpenSearch } from '../../lib/adapters/opensearch/client.ts';
import { createDomainHealth } from '../../lib/adapters/opensearch/domain-health.ts';
import { createOpenSearchEvents } from '../../lib/adapters/opensearch/search-events.ts';
import { createOpenSearchSetup } from '../../lib/adapters/opensearch/templates.ts';
import type { SearchQuery } from '../../lib/core/query/search-query.ts';
import { domainTemplates } from '../../lib/core/setup/domain-template.ts';
import { requireEnvironment } from '../support/require-environment.ts';

const client = new Client({ node: requireEnvironment('OPENSEARCH_URL') });
const service = `search-${randomBytes(4).toString('hex')}`;
const stream = `logs-${service.replace('-', '_')}-test`;
const orders = `orders-${service}`;
const events = createOpenSearchEvents(async () => client, ['orders-*']);
const AT = Date.UTC(2026, 10, 21, 13);
const EVERYTHING: SearchQuery = {
  text: '',
  service,
  range: { fromMs: AT, toMs: AT + 60_000 },
  size: 100,
};

async function index(
  name: string,
  id: string,
  nanos: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const document = {
    '@timestamp': `2026-11-21T13:00:00.${nanos}Z`,
    event: { id },
    service: { name: service },
  };
  await client.transport.request({
    method: 'POST',
    path: `/${name}/_create/${id}`,
    querystring: { refresh: 'true' },
    body: { ...document, ...fields },
  });
}

async function idsOf(change: Partial<SearchQuery>): Promise<string[]> {
  const outcome = await events.search({ ...EVERYTHING, ...change });
  if (outcome.kind !== 'found') throw new Error(outcome.reason);
  return outcome.page.items.map(({ _id }) => _id);
}

beforeAll(async () => {
  const domain = createOpenSearchSetup(async () => client);
  const wanted = domainTemplates({ refreshSeconds: 1, replicas: 0, datedPatterns: ['orders-*'] });
  const dependencies = { domain, now: Date.now, sleep: async () => {} };
  await setUpDomain(dependencies, { wanted, mode: 'apply', deadline: Date.now() + 30_000 });
  await index(stream, 'first', '000000001', { message: 'connection refused', log: { level: 'ERROR' } });
  await index(stream, 'tie-a', '000000002', { message: 'order 17 saved', log: { level: 'info' } });
  await index(stream, 'tie-b', '000000002', { message: 'refused the connection', log: { level: 'info' } });
  await index(orders, 'last', '000000003', { message: 'refused', error: { message: 'card declined' } });
});

afterAll(async () => {
  await client.indices.deleteDataStream({ name: stream }, { ignore: [404] });
  await client.indices.delete({ index: orders, ignore_unavailable: true });
  await client.close();
});

describe('createOpenSearchEvents', () => {
  test('finds data streams and dated indices together, newest nanosecond first, ties by id', async () => {
    expect(await idsOf({})).toEqual(['last', 'tie-b', 'tie-a', 'first']);
    expect(await idsOf({ size: 2 })).toEqual(['last', 'tie-b']);
  });

  test('finds words, phrases, either word, and what an error says', async () => {
    expect(await idsOf({ text: 'connection refused' })).toEqual(['tie-b', 'first']);
    expect(await idsOf({ text: '"connection refused"' })).toEqual(['first']);
    expect(await idsOf({ text: 'saved | declined' })).toEqual(['last', 'tie-a']);
    expect(await idsOf({ text: 'refused -connection' })).toEqual(['last']);
    expect(await idsOf({ text: 'sav*' })).toEqual(['tie-a']);
  });

  test('finds a level in upper or lower case', async () => {
    expect(await idsOf({ level: 'Error' })).toEqual(['first']);
  });

  test('takes any text as a query, however its brackets stand', async () => {
    for (const text of ['"open', '((', 'a AND', '\\', '[x TO', '-', 'message:refused', '/re/']) {
      expect((await events.search({ ...EVERYTHING, text })).kind).toBe('found');
    }
  });

  test('says that the query is at fault when it has more words than the index takes', async () => {
    const text = Array.from({ length: 500 }, (_, place) => place.toString(36)).join(' ');
    expect((await events.search({ ...EVERYTHING, text })).kind).toBe('refused');
  });

  test('says that the index is unavailable when nothing answers', async () => {
    const nowhere = createOpenSearchEvents(connectOpenSearch('http://127.0.0.1:1', 'eu-west-1'), []);
    expect((await nowhere.search(EVERYTHING)).kind).toBe('unavailable');
  });
});

describe('createDomainHealth', () => {
  test('says that a node with all its shards is up', async () => {
    const health = await createDomainHealth(async () => client).check();
    expect(['up', 'degraded']).toContain(health.status);
  });

  test('throws when nothing answers', async () => {
    const connect = connectOpenSearch('http://127.0.0.1:1', 'eu-west-1');
    await expect(createDomainHealth(connect).check()).rejects.toThrow();
  });
});
