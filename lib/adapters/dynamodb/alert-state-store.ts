import { AlertState } from '../../core/alert/state.ts';
import type { AlertKey, AlertStateStore, StateWrite, StoredAlert } from '../../ports/alert-state-store.ts';
import type { DocumentConnection } from './document-client.ts';
import { unlessRefused } from './unless-refused.ts';

/** Value of the sparse attribute `outbox`: it is there while messages are unsent, and its index finds them. */
const UNSENT = '1';

/** The AlertStateStore in a DynamoDB table with the index `outbox`: one item for each rule and group. */
export function createDynamoAlertStateStore(connect: DocumentConnection, table: string): AlertStateStore {
  return {
    async load(keys) {
      const items = await Promise.all(keys.map((key) => getItem(connect, table, key)));
      return items.flatMap((item) => (item === undefined ? [] : [toStored(item)]));
    },
    compareAndSet: (version, state, now) => putState(connect, table, version, state, now),
    clearOutbox: (version, key, now) => clearOutbox(connect, table, version, key, now),
    listUnsent: (before) => listUnsent(connect, table, before),
  };
}

function itemKey({ rule, group }: AlertKey) {
  return { pk: `rule#${rule}`, sk: `group#${group}` };
}

function toStored(item: Record<string, unknown>): StoredAlert {
  return { state: AlertState.parse(item['state']), version: Number(item['version']) };
}

async function getItem(connect: DocumentConnection, table: string, key: AlertKey) {
  const [client, { GetCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const { Item } = await client.send(
    new GetCommand({ TableName: table, Key: itemKey(key), ConsistentRead: true }),
  );
  return Item;
}

async function putState(
  connect: DocumentConnection,
  table: string,
  version: number,
  state: AlertState,
  now: string,
): Promise<StateWrite> {
  const [client, { PutCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const next = version + 1;
  const command = new PutCommand({
    TableName: table,
    Item: {
      ...itemKey(state),
      version: next,
      last_window_end: state.last_window_end,
      updated_at: now,
      outbox: state.outbox.length > 0 ? UNSENT : undefined,
      state,
    },
    ...(version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :version AND last_window_end < :window_end',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': version, ':window_end': state.last_window_end },
        }),
  });
  return writeUnlessConflict(() => client.send(command), next);
}

async function clearOutbox(
  connect: DocumentConnection,
  table: string,
  version: number,
  key: AlertKey,
  now: string,
): Promise<StateWrite> {
  const [client, { UpdateCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const next = version + 1;
  const command = new UpdateCommand({
    TableName: table,
    Key: itemKey(key),
    UpdateExpression:
      'SET #version = :next, #state.#outbox = :nothing, updated_at = :updated_at REMOVE #outbox',
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version', '#state': 'state', '#outbox': 'outbox' },
    ExpressionAttributeValues: { ':version': version, ':next': next, ':nothing': [], ':updated_at': now },
  });
  return writeUnlessConflict(() => client.send(command), next);
}

async function writeUnlessConflict(write: () => Promise<unknown>, version: number): Promise<StateWrite> {
  const written = await unlessRefused(write);
  return written === undefined ? { kind: 'conflict' } : { kind: 'stored', version };
}

async function listUnsent(
  connect: DocumentConnection,
  table: string,
  before: string,
): Promise<StoredAlert[]> {
  const [client, { paginateQuery }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      IndexName: 'outbox',
      KeyConditionExpression: '#outbox = :unsent AND updated_at < :before',
      ExpressionAttributeNames: { '#outbox': 'outbox' },
      ExpressionAttributeValues: { ':unsent': UNSENT, ':before': before },
    },
  );
  const unsent: StoredAlert[] = [];
  for await (const page of pages) unsent.push(...(page.Items ?? []).map(toStored));
  return unsent;
}
