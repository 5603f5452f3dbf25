import { randomBytes } from 'node:crypto';
import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createDynamoKeyStore } from '../../lib/adapters/dynamodb/key-store.ts';
import { defineKeyStoreContract } from '../conformance/key-store-contract.ts';

if (process.env['AWS_ENDPOINT_URL'] === undefined) {
  throw new Error('Set AWS_ENDPOINT_URL to an AWS emulator; `npm test` starts one.');
}

const table = `control-${randomBytes(4).toString('hex')}`;
const connect = connectDynamo();

beforeAll(async () => {
  const client = await connect();
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
});

afterAll(async () => {
  const client = await connect();
  await client.send(new DeleteTableCommand({ TableName: table }));
});

defineKeyStoreContract('DynamoDB', async () => createDynamoKeyStore(connect, table));

test('createDynamoKeyStore lets a counter expire an hour after its minute', async () => {
  await createDynamoKeyStore(connect, table).countRequest('expiring', '2026-11-21T13:36');
  const client = await connect();
  const key = { pk: 'rate#expiring', sk: '2026-11-21T13:36' };
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: key }));
  expect(Item).toEqual({ ...key, requests: 1, expires_at: Date.parse('2026-11-21T14:36Z') / 1000 });
});
