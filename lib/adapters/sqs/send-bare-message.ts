import type { SQSClient } from '@aws-sdk/client-sqs';

/**
 * Puts an application's own message (NDJSON, JSON or text, up to 1 MiB) on the log queue, as one without Weir's envelope,
 * and returns its message id. The SDK is loaded by the call.
 */
export async function sendBareMessage(queueUrl: string, body: string, source: string): Promise<string> {
  const sdk = await import('@aws-sdk/client-sqs');
  const client: SQSClient = new sdk.SQSClient({});
  const { MessageId } = await client.send(
    new sdk.SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageAttributes: { source: { DataType: 'String', StringValue: source } },
    }),
  );
  if (MessageId === undefined) throw new Error('SQS did not name the message it took.');
  return MessageId;
}
