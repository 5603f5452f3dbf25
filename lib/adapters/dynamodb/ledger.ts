import { NOTHING_SETTLED } from '../../core/batch/law.ts';
import { type LedgerEntry, reportLaw } from '../../core/batch/law-report.ts';
import type { Acceptance, Beginning, Ledger } from '../../ports/ledger.ts';
import type { DocumentConnection } from './document-client.ts';
import { recoveryUpdate, settlementUpdate } from './ledger-update.ts';
import { unlessRefused } from './unless-refused.ts';
import { updateIf } from './update-if.ts';

type Item = Record<string, unknown>;

const KEEP_DAYS = 90;
/** Partitions of the sparse `open` index, so that one hot partition does not bound how many batches a second may come. */
const OPEN_SHARDS = 8;
/** Several of the attributes' names are words of the expression language: aliases keep them apart. */
const BATCH_NAME = { '#batch': 'batch' };
const HOUR_MS = 3_600_000;
const HOURS_AT_ONCE = 8;

/** The Ledger in a DynamoDB table: one item a batch, with the indexes `by_hour` and (while it is open) `open`. */
export function createDynamoLedger(connect: DocumentConnection, table: string): Ledger {
  const find = (batch: string) => findEntry(connect, table, batch);
  return {
    find,
    async accept(acceptance) {
      const owner = await putNew(connect, table, newItem(acceptance, 0));
      return owner === undefined || owner === acceptance.request ? 'accepted' : 'repeat';
    },
    async repeat(batch, count) {
      const [client, { UpdateCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { batch },
          UpdateExpression: 'ADD accepted :count, duplicate :count',
          ConditionExpression: 'attribute_exists(#batch)',
          ExpressionAttributeNames: BATCH_NAME,
          ExpressionAttributeValues: { ':count': count },
        }),
      );
    },
    begin: (acceptance) => begin(connect, table, acceptance),
    settle: (batch, settlement, decoded, parked = 0) =>
      updateIf(connect, table, settlementUpdate(batch, settlement, decoded, parked)).then((done) =>
        done ? 'settled' : 'already-settled',
      ),
    recover: (batch, recovery) =>
      updateIf(connect, table, recoveryUpdate(batch, recovery)).then((done) =>
        done ? 'recovered' : 'not-parked',
      ),
    oldestOpen: () => findOldestOpen(connect, table),
    async report(from, to) {
      const entries: LedgerEntry[] = [];
      const hours = hoursBetween(from, to);
      for (let start = 0; start < hours.length; start += HOURS_AT_ONCE) {
        const some = hours.slice(start, start + HOURS_AT_ONCE);
        const found = await Promise.all(some.map((hour) => receivedIn(connect, table, hour, from, to)));
        entries.push(...found.flat());
      }
      return reportLaw(entries);
    },
  };
}

function newItem(acceptance: Acceptance, attempts: number): Item {
  const { batch, request, source, receivedAt, count, bytes, bodyHash } = acceptance;
  return {
    batch,
    request,
    source,
    received_at: receivedAt,
    received_hour: receivedAt.slice(0, 13),
    open: String(batch.charCodeAt(0) % OPEN_SHARDS),
    bytes,
    body_hash: bodyHash,
    state: 'accepted',
    accepted: count,
    ...NOTHING_SETTLED,
    attempts,
    expires_at: Math.floor(Date.parse(receivedAt) / 1000) + KEEP_DAYS * 86_400,
  };
}

function toEntry(item: Item): LedgerEntry {
  const { received_at, body_hash, received_hour: _hour, open: _open, expires_at: _expiry, ...same } = item;
  return { ...same, receivedAt: received_at, bodyHash: body_hash } as LedgerEntry;
}

async function findEntry(connect: DocumentConnection, table: string, batch: string) {
  const [client, { GetCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const { Item } = await client.send(
    new GetCommand({ TableName: table, Key: { batch }, ConsistentRead: true }),
  );
  return Item && toEntry(Item);
}

/** Puts a new item. Returns undefined when it did, or the request that owns the item that was there already. */
async function putNew(connect: DocumentConnection, table: string, item: Item): Promise<string | undefined> {
  const [client, { PutCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const command = new PutCommand({
    TableName: table,
    Item: item,
    ConditionExpression: 'attribute_not_exists(#batch)',
    ExpressionAttributeNames: BATCH_NAME,
  });
  const written = await unlessRefused(() => client.send(command));
  if (written !== undefined) return undefined;
  return (await findEntry(connect, table, String(item['batch'])))?.request;
}

async function begin(connect: DocumentConnection, table: string, acceptance: Acceptance): Promise<Beginning> {
  const [client, { UpdateCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const command = new UpdateCommand({
    TableName: table,
    Key: { batch: acceptance.batch },
    UpdateExpression: 'ADD attempts :one',
    ConditionExpression: '#state = :accepted AND body_hash = :hash',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':one': 1, ':accepted': 'accepted', ':hash': acceptance.bodyHash },
    ReturnValues: 'UPDATED_NEW',
  });
  const begun = await unlessRefused(() => client.send(command));
  if (begun !== undefined) {
    return { kind: 'open', earlierAttempts: Number(begun.Attributes?.['attempts']) - 1 };
  }
  // Either settled, or not there: the queue can be faster than the intake's own entry, and bare messages have none.
  const owner = await putNew(connect, table, newItem(acceptance, 1));
  if (owner === undefined) return { kind: 'open', earlierAttempts: 0 };
  const entry = await findEntry(connect, table, acceptance.batch);
  const isOpen = entry?.state === 'accepted' && entry.bodyHash === acceptance.bodyHash;
  return isOpen ? begin(connect, table, acceptance) : { kind: 'closed' };
}

async function findOldestOpen(connect: DocumentConnection, table: string): Promise<string | undefined> {
  const [client, { QueryCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const shards = Array.from({ length: OPEN_SHARDS }, (_, shard) => String(shard));
  const oldest = await Promise.all(
    shards.map(async (shard) => {
      const { Items } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'open',
          KeyConditionExpression: '#open = :shard',
          ExpressionAttributeNames: { '#open': 'open' },
          ExpressionAttributeValues: { ':shard': shard },
          Limit: 1,
        }),
      );
      return Items?.[0]?.['received_at'] as string | undefined;
    }),
  );
  return oldest.filter((time) => time !== undefined).sort()[0];
}

function hoursBetween(from: string, to: string): string[] {
  const hours: string[] = [];
  const end = Date.parse(to);
  for (let time = Math.floor(Date.parse(from) / HOUR_MS) * HOUR_MS; time < end; time += HOUR_MS) {
    hours.push(new Date(time).toISOString().slice(0, 13));
  }
  return hours;
}

async function receivedIn(
  connect: DocumentConnection,
  table: string,
  hour: string,
  from: string,
  to: string,
): Promise<LedgerEntry[]> {
  const [client, { paginateQuery }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const entries: LedgerEntry[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      IndexName: 'by_hour',
      KeyConditionExpression: 'received_hour = :hour AND received_at BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':hour': hour, ':from': from, ':to': to },
    },
  );
  for await (const page of pages) entries.push(...(page.Items ?? []).map(toEntry));
  return entries.filter((entry) => entry.receivedAt < to);
}
