import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { DocumentConnection } from '../../lib/adapters/dynamodb/document-client.ts';

/** Creates an empty `ledger` table with the keys and indexes of the deployed one. Returns its name. */
export async function createLedgerTable(connect: DocumentConnection): Promise<string> {
  const table = `ledger-${randomUUID()}`;
  const client = await connect();
  const names = ['batch', 'received_hour', 'received_at', 'open'];
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'batch', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        ['by_hour', 'received_hour'],
        ['open', 'open'],
      ].map(([IndexName, partition]) => ({
        IndexName,
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          { AttributeName: 'received_at', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
  return table;
}
