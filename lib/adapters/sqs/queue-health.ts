import type { SQSClient } from '@aws-sdk/client-sqs';
import type { HealthCheck } from '../../ports/health-check.ts';

/** How a queue is: it answers, and nothing has ended in its dead-letter queue. */
export function createQueueHealth(name: string, queueUrl: string, deadLetterUrl: string): HealthCheck {
  let loaded: Promise<{ sdk: typeof import('@aws-sdk/client-sqs'); client: SQSClient }> | undefined;
  const depthOf = async (url: string): Promise<number> => {
    loaded ??= import('@aws-sdk/client-sqs').then((sdk) => ({ sdk, client: new sdk.SQSClient({}) }));
    const { sdk, client } = await loaded;
    const { Attributes } = await client.send(
      new sdk.GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  };
  return {
    name,
    async check() {
      const [, dead] = await Promise.all([depthOf(queueUrl), depthOf(deadLetterUrl)]);
      if (dead === 0) return { status: 'up' };
      return { status: 'degraded', detail: 'there are messages in its dead-letter queue' };
    },
  };
}
