import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoAlertStateStore } from '../../lib/adapters/dynamodb/alert-state-store.ts';
import { createDynamoDeliveryLog } from '../../lib/adapters/dynamodb/delivery-log.ts';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { defineAlertStateStoreContract } from '../conformance/alert-state-store-contract.ts';
import { defineDeliveryLogContract } from '../conformance/delivery-log-contract.ts';
import { requireEnvironment } from '../support/require-environment.ts';

requireEnvironment('AWS_ENDPOINT_URL');
const connect = connectDynamo();

defineAlertStateStoreContract('DynamoDB', async () =>
  createDynamoAlertStateStore(connect, await createAlertsTable()),
);
defineDeliveryLogContract('DynamoDB', async () =>
  createDynamoDeliveryLog(connect, await createAlertsTable()),
);

async function createAlertsTable(): Promise<string> {
  const client = await connect();
  const table = `alerts-${randomUUID()}`;
  const names = ['pk', 'sk', 'outbox', 'updated_at'];
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'outbox',
          KeySchema: [
            { AttributeName: 'outbox', KeyType: 'HASH' },
            { AttributeName: 'updated_at', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  return table;
}
