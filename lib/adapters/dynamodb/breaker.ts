import { FAILURES_TO_OPEN } from '../../core/batch/breaker.ts';
import type { Breaker } from '../../ports/breaker.ts';
import type { DocumentConnection } from './document-client.ts';
import { updateIf } from './update-if.ts';

const KEY = { pk: 'breaker', sk: 'opensearch' };

/** The Breaker as one item of the DynamoDB table `control`, which every function sees. */
export function createDynamoBreaker(connect: DocumentConnection, table: string): Breaker {
  return {
    failures: () => readFailures(connect, table),
    fail: () => addFailure(connect, table),
    async succeed() {
      await updateIf(connect, table, {
        Key: KEY,
        UpdateExpression: 'SET failures = :none',
        ConditionExpression: 'attribute_not_exists(failures) OR failures < :open',
        ExpressionAttributeValues: { ':none': 0, ':open': FAILURES_TO_OPEN },
      });
    },
    async reset(failures) {
      const [client, { UpdateCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: KEY,
          UpdateExpression: 'SET failures = :failures',
          ExpressionAttributeValues: { ':failures': failures },
        }),
      );
    },
  };
}

async function readFailures(connect: DocumentConnection, table: string): Promise<number> {
  const [client, { GetCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: KEY, ConsistentRead: true }));
  return Number(Item?.['failures'] ?? 0);
}

async function addFailure(connect: DocumentConnection, table: string): Promise<number> {
  const [client, { UpdateCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const { Attributes } = await client.send(
    new UpdateCommand({
      TableName: table,
      Key: KEY,
      UpdateExpression: 'ADD failures :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Number(Attributes?.['failures']);
}
