import { IngestKey } from '../../core/auth/ingest-key.ts';
import { User } from '../../core/auth/user.ts';
import type { KeyStore } from '../../ports/key-store.ts';
import type { DocumentConnection } from './document-client.ts';
import { updateIf } from './update-if.ts';

type Item = Record<string, unknown>;

const KEY_PARTITION = 'ingest_key';
const USER_PARTITION = 'user';
/** A minute's counter is of no use afterwards. */
const KEEP_COUNTER_SECONDS = 3600;

/** The KeyStore in the DynamoDB table `control`. */
export function createDynamoKeyStore(connect: DocumentConnection, table: string): KeyStore {
  return {
    async findIngestKey(keyId) {
      const item = await getItem(connect, table, KEY_PARTITION, keyId);
      return item && toIngestKey(item);
    },
    putIngestKey: ({ keyId, requestsPerMinute, createdAt, ...same }) =>
      putItem(connect, table, {
        ...same,
        pk: KEY_PARTITION,
        sk: keyId,
        requests_per_minute: requestsPerMinute,
        created_at: createdAt,
      }),
    listIngestKeys: () => listIngestKeys(connect, table),
    disableIngestKey: (keyId) =>
      updateIf(connect, table, {
        Key: { pk: KEY_PARTITION, sk: keyId },
        UpdateExpression: 'SET disabled = :true',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':true': true },
      }),
    countRequest: (keyId, minute) => countRequest(connect, table, keyId, minute),
    async findUser(email) {
      const item = await getItem(connect, table, USER_PARTITION, email.toLowerCase());
      return item && toUser(item);
    },
    putUser: ({ email, passwordHash, createdAt, ...same }) =>
      putItem(connect, table, {
        ...same,
        pk: USER_PARTITION,
        sk: email,
        password_hash: passwordHash,
        created_at: createdAt,
      }),
  };
}

function toIngestKey({ sk, requests_per_minute, created_at, ...same }: Item): IngestKey {
  return IngestKey.parse({
    ...same,
    keyId: sk,
    requestsPerMinute: requests_per_minute,
    createdAt: created_at,
  });
}

function toUser({ sk, password_hash, created_at, ...same }: Item): User {
  return User.parse({ ...same, email: sk, passwordHash: password_hash, createdAt: created_at });
}

async function getItem(
  connect: DocumentConnection,
  table: string,
  pk: string,
  sk: string,
): Promise<Item | undefined> {
  const [client, { GetCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk, sk } }));
  return Item;
}

async function putItem(connect: DocumentConnection, table: string, item: Item): Promise<void> {
  const [client, { PutCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  await client.send(new PutCommand({ TableName: table, Item: item }));
}

async function listIngestKeys(connect: DocumentConnection, table: string): Promise<IngestKey[]> {
  const [client, { paginateQuery }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const keys: IngestKey[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': KEY_PARTITION },
    },
  );
  for await (const page of pages) keys.push(...(page.Items ?? []).map(toIngestKey));
  return keys;
}

async function countRequest(
  connect: DocumentConnection,
  table: string,
  keyId: string,
  minute: string,
): Promise<number> {
  const [client, { UpdateCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const command = new UpdateCommand({
    TableName: table,
    Key: { pk: `rate#${keyId}`, sk: minute },
    UpdateExpression: 'SET expires_at = :expiry ADD requests :one',
    ExpressionAttributeValues: {
      ':expiry': Math.floor(Date.parse(`${minute}Z`) / 1000) + KEEP_COUNTER_SECONDS,
      ':one': 1,
    },
    ReturnValues: 'UPDATED_NEW',
  });
  const { Attributes } = await client.send(command);
  return Number(Attributes?.['requests']);
}
