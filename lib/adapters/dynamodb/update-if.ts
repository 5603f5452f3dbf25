import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DocumentConnection } from './document-client.ts';
import { unlessRefused } from './unless-refused.ts';

/** An update of one item that is made only where its condition holds. */
export type ConditionalUpdate = Omit<UpdateCommandInput, 'TableName'>;

/** Updates one item. Returns false, with nothing written, where its condition does not hold. */
export async function updateIf(
  connect: DocumentConnection,
  table: string,
  update: ConditionalUpdate,
): Promise<boolean> {
  const [client, { UpdateCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const command = new UpdateCommand({ TableName: table, ...update });
  return (await unlessRefused(() => client.send(command))) !== undefined;
}
