import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Gives the document client, loading the SDK on the first call and sharing the one client afterwards. */
export type DocumentConnection = () => Promise<DynamoDBDocumentClient>;

/**
 * Connects to DynamoDB with region, credentials and endpoint from the environment. Nothing of the SDK is loaded before
 * the first use, so a cold start does not pay for a table that the request never reads. Undefined attributes are left
 * out of items.
 */
export function connectDynamo(): DocumentConnection {
  let client: Promise<DynamoDBDocumentClient> | undefined;
  return () => {
    client ??= openClient();
    return client;
  };
}

async function openClient(): Promise<DynamoDBDocumentClient> {
  const [{ DynamoDBClient }, { DynamoDBDocumentClient }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/lib-dynamodb'),
  ]);
  return DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
}
