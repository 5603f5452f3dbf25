import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { Client } from '@opensearch-project/opensearch';
import { afterAll, expect, test } from 'vitest';
import { type Processing, processBatches } from '../../functions/process/process-batches.ts';
import { type Recovering, recoverBatches } from '../../functions/recover/recover-batches.ts';
import { createDynamoBreaker } from '../../lib/adapters/dynamodb/breaker.ts';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createDynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { connectOpenSearch } from '../../lib/adapters/opensearch/client.ts';
import { createDomainHealth } from '../../lib/adapters/opensearch/domain-health.ts';
import { createOpenSearchEventIndex } from '../../lib/adapters/opensearch/event-index.ts';
import { createS3ObjectStore } from '../../lib/adapters/s3/object-store.ts';
import { unpackArchive } from '../../lib/core/archive/archive-file.ts';
import { compilePipelines } from '../../lib/core/pipeline/compile-pipelines.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import { createControlTable } from '../support/create-control-table.ts';
import { createLedgerTable } from '../support/create-ledger-table.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { deliver, envelopeOf } from '../support/process-world.ts';
import { requireEnvironment } from '../support/require-environment.ts';
import { SILENT_EVENTS } from '../support/silent-events.ts';

requireEnvironment('AWS_ENDPOINT_URL');
const url = requireEnvironment('OPENSEARCH_URL');
const client = new Client({ node: url });
let isDown = false;
const proxy = await startFaultProxy(url, () => (isDown ? { kind: 'answer', status: 503 } : undefined));
afterAll(() => proxy.close());

async function makeSystem(): Promise<Processing & Recovering> {
  const bucket = `outage-${randomUUID()}`;
  await new S3Client({}).send(new CreateBucketCommand({ Bucket: bucket }));
  const connectTable = connectDynamo();
  const connect = connectOpenSearch(proxy.url, 'eu-west-1');
  return {
    ledger: createDynamoLedger(connectTable, await createLedgerTable(connectTable)),
    breaker: createDynamoBreaker(connectTable, await createControlTable(connectTable)),
    objects: createS3ObjectStore(bucket),
    index: createOpenSearchEventIndex({ connect, now: Date.now, random: Math.random, sleep }),
    domain: createDomainHealth(connect),
    pipelines: compilePipelines([], {}),
    events: SILENT_EVENTS,
    now: Date.now,
    maxOpenBytes: 1_000_000,
    maxUnparkBytes: 10_000_000,
    archiveCompression: 'zstd',
  };
}

async function idsUnder(objects: ObjectStore, prefix: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { key } of objects.list(prefix)) {
    ids.push(...unpackArchive(key, (await objects.get(key)) as Buffer).map(({ _id }) => _id));
  }
  return ids.sort();
}

async function indexedIds(source: string): Promise<string[]> {
  const index = `logs-${source}-*`;
  await client.indices.refresh({ index });
  const { body } = await client.search({ index, size: 1000, _source: false });
  return body.hits.hits.map(({ _id }) => String(_id)).sort();
}

test('batches of an outage are parked, and found in index, archive and ledger when the domain is back', async () => {
  const system = await makeSystem();
  const source = `outage${randomBytes(4).toString('hex')}`;
  const lines = Array.from({ length: 50 }, (_, line) => JSON.stringify({ message: `line ${line}` }));
  const messages = ['first', 'second', 'third'].map((batch) =>
    deliver(envelopeOf(`${batch}-${source}`, lines, { source })),
  );
  const soon = () => Date.now() + 500;

  await processBatches(system, messages.slice(0, 1), soon());
  isDown = true;
  for (const _ of [1, 2, 3]) expect(await processBatches(system, messages.slice(1), soon())).toHaveLength(2);
  expect(await processBatches(system, messages.slice(1), soon())).toEqual([]);
  await recoverBatches(system, soon());
  const range = ['2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z'] as const;
  expect((await system.ledger.report(...range)).sums).toMatchObject({ indexed: 50, archived_only: 100 });
  expect(await idsUnder(system.objects, 'parked/')).toHaveLength(100);

  isDown = false;
  await recoverBatches(system, Date.now() + 30_000);
  const { sums, open, unbalanced } = await system.ledger.report(...range);
  expect(sums).toMatchObject({ accepted: 150, indexed: 150, archived_only: 0, duplicate: 0, quarantined: 0 });
  expect([open, unbalanced]).toEqual([[], []]);
  const indexed = await indexedIds(source);
  expect(indexed).toHaveLength(150);
  expect(await idsUnder(system.objects, 'archive/')).toEqual(indexed);
  expect(await idsUnder(system.objects, 'parked/')).toEqual([]);
  expect(await system.breaker.failures()).toBe(0);
});
