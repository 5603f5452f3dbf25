import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { DocumentConnection } from '../../lib/adapters/dynamodb/document-client.ts';

/** Creates an empty `control` table with the keys of the deployed one. Returns its name. */
export async function createControlTable(connect: DocumentConnection): Promise<string> {
  const table = `control-${randomUUID()}`;
  const client = await connect();
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return table;
}
