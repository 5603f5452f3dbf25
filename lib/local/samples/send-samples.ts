import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sendBareMessage } from '../../adapters/sqs/send-bare-message.ts';
import { LocalStackError } from '../local-stack-error.ts';
import { requireOutput } from '../require-output.ts';
import { PROJECT_DIRECTORY } from '../stack-paths.ts';
import type { LocalStack } from '../state-file.ts';
import { forwardLogGroup, type SubscriptionSample } from './forward-log-group.ts';
import { shiftTimes } from './shift-times.ts';

/** What is posted over HTTPS: file, source, and its type. */
const POSTS = [
  { file: 'orders.ndjson', source: 'orders-api', type: 'application/x-ndjson' },
  { file: 'pipe.log', source: 'pt-django', type: 'text/plain' },
  { file: 'access.log', source: 'web', type: 'text/plain' },
  { file: 'mixed.txt', source: 'mixed', type: 'text/plain' },
] as const;

/** What was sent. `batches` counts what the ledger will know. */
export interface SamplesSent {
  readonly batches: number;
  readonly byWay: Readonly<Record<'https' | 'sqs' | 'cloudwatch', number>>;
}

/** Sends the sample logs of `events/` by all three ways, their times moved to just before `nowMs` (epoch ms). */
export async function sendSamples(stack: LocalStack, nowMs: number): Promise<SamplesSent> {
  const sample = async (file: string) =>
    shiftTimes(await readFile(join(PROJECT_DIRECTORY, 'events', file)), nowMs);
  let https = 0;
  for (const { file, source, type } of POSTS) https += await post(stack, await sample(file), source, type);
  const messages = (await sample('sqs-bare.ndjson')).toString('utf8').trimEnd().split('\n');
  for (const message of messages) await sendBareMessage(stack.queueUrl, message, 'billing');
  const subscription = JSON.parse((await sample('subscription.json')).toString('utf8')) as SubscriptionSample;
  await forwardLogGroup(subscription, requireOutput(stack.outputs, 'SubscriptionFunctionArn'));
  return {
    batches: POSTS.length + messages.length + 1,
    byWay: { https, sqs: messages.length, cloudwatch: subscription.logEvents.length },
  };
}

/** Posts one sample as a shipper does, compressed. Returns the records that were accepted. */
async function post(stack: LocalStack, body: Buffer, source: string, type: string): Promise<number> {
  const response = await fetch(`${stack.intakeUrl}/ingest/${source}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stack.ingestKey}`,
      'content-type': type,
      'content-encoding': 'gzip',
    },
    body: new Uint8Array(gzipSync(body)),
  });
  if (response.status !== 202) {
    throw new LocalStackError(`The intake answered ${response.status} to a sample: ${await response.text()}`);
  }
  const { accepted } = (await response.json()) as { accepted: number };
  return accepted;
}
