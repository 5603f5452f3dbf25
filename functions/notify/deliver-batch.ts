import type { SQSBatchResponse } from 'aws-lambda';

/** A message of the queue as Lambda hands it over. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
}

/** Works off each message by itself; those that throw are left on the queue, the others are acknowledged. */
export async function deliverBatch(
  messages: readonly QueuedMessage[],
  deliver: (body: string) => Promise<void>,
  onError: (error: unknown) => void,
): Promise<SQSBatchResponse> {
  const failures = await Promise.all(
    messages.map(async ({ messageId, body }) => {
      try {
        await deliver(body);
        return [];
      } catch (error) {
        onError(error);
        return [{ itemIdentifier: messageId }];
      }
    }),
  );
  return { batchItemFailures: failures.flat() };
}
