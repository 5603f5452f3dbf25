import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@opensearch-project/opensearch';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setUpDomain } from '../../functions/setup-domain/set-up-domain.ts';
import { connectOpenSearch } from '../../lib/adapters/opensearch/client.ts';
import { createOpenSearchEventIndex } from '../../lib/adapters/opensearch/event-index.ts';
import { createOpenSearchSetup } from '../../lib/adapters/opensearch/templates.ts';
import { domainTemplates } from '../../lib/core/setup/domain-template.ts';
import type { IndexDocument } from '../../lib/ports/event-index.ts';
import { defineEventIndexContract } from '../conformance/event-index-contract.ts';
import { type Disturb, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { requireEnvironment } from '../support/require-environment.ts';

const url = requireEnvironment('OPENSEARCH_URL');
const client = new Client({ node: url });
const proxies: FaultProxy[] = [];

function connectIndex(node: string) {
  return createOpenSearchEventIndex({
    connect: connectOpenSearch(node, 'eu-west-1'),
    now: Date.now,
    random: Math.random,
    sleep,
  });
}

async function connectDisturbed(disturb: Disturb) {
  const proxy = await startFaultProxy(url, disturb);
  proxies.push(proxy);
  return connectIndex(proxy.url);
}

function freshStream(): string {
  return `logs-faults${randomBytes(4).toString('hex')}-default`;
}

function documentsOf(index: string, count: number, fields: Record<string, unknown> = {}): IndexDocument[] {
  return Array.from({ length: count }, (_, number) => ({
    index,
    id: `id-${number}`,
    json: JSON.stringify({ '@timestamp': '2026-11-21T10:00:00.000Z', message: `line ${number}`, ...fields }),
  }));
}

async function countDocuments(index: string): Promise<number> {
  await client.indices.refresh({ index });
  return (await client.count({ index })).body.count;
}

beforeAll(async () => {
  const setup = { domain: createOpenSearchSetup(async () => client), now: Date.now, sleep };
  const wanted = domainTemplates({ refreshSeconds: 1, replicas: 0, datedPatterns: ['orders-*'] });
  await setUpDomain(setup, { wanted, mode: 'apply', deadline: Date.now() + 30_000 });
});

afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});

defineEventIndexContract('OpenSearch', async () => connectIndex(url));

describe('createOpenSearchEventIndex', () => {
  const soon = () => Date.now() + 20_000;

  test.each([429, 500, 502, 503, 408])(
    'takes everything when the domain first answers %i',
    async (status) => {
      const index = freshStream();
      const events = await connectDisturbed((number) =>
        number <= 2 ? { kind: 'answer', status } : undefined,
      );
      const deliveries = await events.create(documentsOf(index, 20), soon());
      expect(deliveries.every(({ kind }) => kind === 'created')).toBe(true);
      expect(await countDocuments(index)).toBe(20);
    },
  );

  test.each(['hang-up', 'truncate'] as const)(
    'creates nothing twice when the answer is lost (%s)',
    async (kind) => {
      const index = freshStream();
      const events = await connectDisturbed((number) => (number === 1 ? { kind } : undefined));
      const deliveries = await events.create(documentsOf(index, 20), soon());
      expect(deliveries.map((delivery) => delivery.kind)).toEqual(Array(20).fill('exists'));
      expect(await countDocuments(index)).toBe(20);
    },
  );

  test('splits what is too large for the domain, down to the one document that stays so', async () => {
    const index = freshStream();
    const events = await connectDisturbed((_, path, body) =>
      path.startsWith('/_bulk') && (body.length > 2_000 || body.includes('"id-7"'))
        ? { kind: 'answer', status: 413 }
        : undefined,
    );
    const deliveries = await events.create(documentsOf(index, 100), soon());
    const rejected = deliveries.flatMap((delivery, place) => (delivery.kind === 'rejected' ? [place] : []));
    expect(rejected).toEqual([7]);
    expect(deliveries[7]).toMatchObject({ type: 'too_large' });
    expect(await countDocuments(index)).toBe(99);
  });

  test('gives back as unavailable what was not taken by the deadline', async () => {
    const events = await connectDisturbed(() => ({ kind: 'answer', status: 503 }));
    const deliveries = await events.create(documentsOf(freshStream(), 3), Date.now() + 500);
    expect(deliveries).toEqual(
      Array(3).fill({ kind: 'unavailable', reason: expect.stringContaining('503') }),
    );
  });

  test('tells one refused document from its neighbours', async () => {
    const index = freshStream();
    const [first, second] = documentsOf(index, 2);
    const bad = { ...second!, json: '{"@timestamp":"not a time","message":"bad"}' };
    const [taken, refused] = await connectIndex(url).create([first!, bad], soon());
    expect(taken).toEqual({ kind: 'created' });
    expect(refused).toMatchObject({ kind: 'rejected', type: 'mapper_parsing_exception' });
  });

  test('locates documents behind a rollover, where a second create would make them twice', async () => {
    const index = freshStream();
    const events = connectIndex(url);
    const documents = documentsOf(index, 5);
    await events.create(documents, soon());
    await client.indices.rollover({ alias: index });
    const located = await events.locate(
      index,
      documents.map(({ id }) => id),
    );
    expect(located.size).toBe(5);
  });
});
