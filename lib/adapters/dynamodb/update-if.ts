import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DocumentConnection } from './document-client.ts';

/** An update of one item that is made only where its condition holds. */
export type ConditionalUpdate = Omit<UpdateCommandInput, 'TableName'>;

/** Updates one item. Returns false, with nothing written, where its condition does not hold. */
export async function updateIf(
  connect: DocumentConnection,
  table: string,
  update: ConditionalUpdate,
): Promise<boolean> {
  const [client, { UpdateCommand }, { ConditionalCheckFailedException }] = await Promise.all([
    connect(),
    import('@aws-sdk/lib-dynamodb'),
    import('@aws-sdk/client-dynamodb'),
  ]);
  try {
    await client.send(new UpdateCommand({ TableName: table, ...update }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
