import { randomBytes } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSqsMessageQueue } from '../../lib/adapters/sqs/message-queue.ts';

if (process.env['AWS_ENDPOINT_URL'] === undefined) {
  throw new Error('Set AWS_ENDPOINT_URL to an AWS emulator; `npm test` starts one.');
}

const client = new SQSClient({});
let queueUrl = '';

beforeAll(async () => {
  const name = `queue-${randomBytes(4).toString('hex')}`;
  queueUrl = (await client.send(new CreateQueueCommand({ QueueName: name }))).QueueUrl ?? '';
});

afterAll(async () => {
  await client.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
});

const receive = async (waitSeconds: number) => {
  const command = new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: waitSeconds });
  return (await client.send(command)).Messages?.map(({ Body }) => Body) ?? [];
};

test('createSqsMessageQueue sends a message whole, up to 1 MiB', async () => {
  const queue = createSqsMessageQueue(queueUrl);
  const body = `caf\u00e9 \u{1f600} ${'x'.repeat(1_000_000)}`;
  await queue.send(body);
  expect(await receive(5)).toEqual([body]);
});

test('createSqsMessageQueue holds a message back for its delay', async () => {
  await createSqsMessageQueue(queueUrl).send('later', 2);
  expect(await receive(0)).toEqual([]);
  expect(await receive(5)).toEqual(['later']);
});

test('createSqsMessageQueue throws where the queue does not take the message', async () => {
  await expect(createSqsMessageQueue(`${queueUrl}-gone`).send('x')).rejects.toThrow();
});
