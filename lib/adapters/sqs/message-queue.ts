import type { SQSClient } from '@aws-sdk/client-sqs';
import type { MessageQueue } from '../../ports/message-queue.ts';

/** The MessageQueue behind an SQS queue's URL. The SDK is loaded by the first message. */
export function createSqsMessageQueue(queueUrl: string): MessageQueue {
  let loaded: Promise<{ sdk: typeof import('@aws-sdk/client-sqs'); client: SQSClient }> | undefined;
  const connect = () => {
    loaded ??= import('@aws-sdk/client-sqs').then((sdk) => ({ sdk, client: new sdk.SQSClient({}) }));
    return loaded;
  };
  return {
    async send(body, delaySeconds) {
      const { sdk, client } = await connect();
      await client.send(
        new sdk.SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, DelaySeconds: delaySeconds }),
      );
    },
  };
}
