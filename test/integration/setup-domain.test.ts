import { randomBytes } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setUpDomain } from '../../functions/setup-domain/set-up-domain.ts';
import { createOpenSearchSetup } from '../../lib/adapters/opensearch/templates.ts';
import { domainTemplates } from '../../lib/core/setup/domain-template.ts';
import { requireEnvironment } from '../support/require-environment.ts';

const client = new Client({ node: requireEnvironment('OPENSEARCH_URL') });
const unique = randomBytes(4).toString('hex');
const stream = `logs-setup${unique}-test`;
const orders = `orders-setup-${unique}`;
const choices = { refreshSeconds: 1, replicas: 0, datedPatterns: ['orders-*'] };

async function setUp(mode: 'diff' | 'apply', refreshSeconds = choices.refreshSeconds): Promise<string[]> {
  const dependencies = {
    domain: createOpenSearchSetup(async () => client),
    now: Date.now,
    sleep: async () => {},
  };
  const wanted = domainTemplates({ ...choices, refreshSeconds });
  const outcome = await setUpDomain(dependencies, { wanted, mode, deadline: Date.now() + 30_000 });
  if (outcome.kind !== 'planned') throw new Error(outcome.reason);
  return outcome.actions.map(({ kind, template }) => `${kind} ${template.name}`);
}

async function create(index: string, document: Record<string, unknown>): Promise<number> {
  const { statusCode } = await client.transport.request(
    {
      method: 'POST',
      path: `/${index}/_create/${randomBytes(8).toString('hex')}?refresh=true`,
      body: document,
    },
    { ignore: [400] },
  );
  return Number(statusCode);
}

async function count(index: string, query: Record<string, unknown>): Promise<number> {
  const { body } = await client.count({ index, body: { query } });
  return body.count;
}

const at = '2026-11-21T13:00:00.123456789Z';

describe('setUpDomain on a real node', () => {
  beforeAll(() => setUp('apply'));
  afterAll(async () => {
    await client.indices.deleteDataStream({ name: stream }, { ignore: [404] });
    await client.indices.delete({ index: orders, ignore_unavailable: true });
    await client.close();
  });

  test('changes nothing on a second run', async () => {
    const plan = await setUp('apply');
    expect(plan).toEqual([
      'unchanged weir-settings',
      'unchanged weir-mappings',
      'unchanged weir-logs',
      'unchanged weir-orders',
    ]);
  });

  test('finds the one template that differs, and puts it right', async () => {
    expect(await setUp('diff', 7)).toContain('update weir-settings');
    expect((await setUp('diff')).every((line) => line.startsWith('unchanged'))).toBe(true);
    expect(await setUp('apply', 7)).toContain('update weir-settings');
    expect(await setUp('apply')).toContain('update weir-settings');
  });

  test('makes a data stream whose levels match in any case and whose nanoseconds are kept', async () => {
    expect(await create(stream, { '@timestamp': at, log: { level: 'ERROR' }, message: 'refused' })).toBe(201);
    const { body } = await client.indices.getDataStream({ name: stream });
    expect(body.data_streams).toHaveLength(1);
    expect(await count(stream, { term: { 'log.level': 'error' } })).toBe(1);
    const after = { range: { '@timestamp': { gt: '2026-11-21T13:00:00.123456788Z' } } };
    const notAfter = { range: { '@timestamp': { gt: at } } };
    expect([await count(stream, after), await count(stream, notAfter)]).toEqual([1, 0]);
  });

  test('finds a phrase in the message, and only in that order', async () => {
    await create(stream, { '@timestamp': at, message: 'connection refused by upstream' });
    expect(await count(stream, { match_phrase: { message: 'Connection refused' } })).toBe(1);
    expect(await count(stream, { match_phrase: { message: 'refused connection' } })).toBe(0);
  });

  test('keeps the fraction of a number whose first value was whole', async () => {
    const order = { '@timestamp': at, event: { customer: 'demo', latency_ms: 12 } };
    expect(await create(orders, order)).toBe(201);
    expect(await create(orders, { '@timestamp': at, event: { customer: 'demo', latency_ms: 12.5 } })).toBe(
      201,
    );
    expect(await count(orders, { range: { 'event.latency_ms': { gt: 12, lt: 13 } } })).toBe(1);
    expect(await count(orders, { term: { 'event.customer': 'demo' } })).toBe(2);
  });

  test('lets the first value of a string field not decide that it is a date or a number', async () => {
    expect(await create(orders, { '@timestamp': at, order: { due: '2026-11-21', code: '17' } })).toBe(201);
    expect(await create(orders, { '@timestamp': at, order: { due: 'tomorrow', code: 'A17' } })).toBe(201);
  });

  test('takes a folded event of any size, and finds what was folded', async () => {
    const extra = JSON.stringify({ note: 'x'.repeat(100_000), customer: 'folded customer' });
    const document = { '@timestamp': at, event: { original: 'y'.repeat(100_000) }, weir: { extra } };
    expect(await create(stream, document)).toBe(201);
    expect(await count(stream, { match_phrase: { 'weir.extra': 'folded customer' } })).toBe(1);
  });

  test('bounds how many fields an index may grow', async () => {
    const fields = Object.fromEntries(Array.from({ length: 1_100 }, (_, place) => [`field_${place}`, 'x']));
    expect(await create(stream, { '@timestamp': at, grown: fields })).toBe(400);
  });
});
