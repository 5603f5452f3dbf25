import { randomBytes } from 'node:crypto';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { createCloudWatchLogGroups } from '../../lib/adapters/cloudwatch-logs/log-groups.ts';
import type { LogGroup } from '../../lib/core/subscribe/log-group.ts';
import { awaitSettled, invoke, openStack, readDocuments } from './deployed-stack.ts';

const FILTER_NAME = 'weir-local';

const stack = openStack();
const client = new CloudWatchLogsClient({});
const groups = createCloudWatchLogGroups();
const destinationArn = stack.outputs['SubscriptionFunctionArn'] ?? '';
const run = randomBytes(4).toString('hex');

const tick = () => invoke(stack, 'subscribe', { time: new Date().toISOString() });

async function describeGroups(prefix = ''): Promise<LogGroup[]> {
  const found = [];
  for await (const summary of groups.list(prefix === '' ? undefined : prefix)) {
    const group = await groups.describe(summary);
    if (group !== undefined) found.push(group);
  }
  return found;
}

/** Makes a log group, lets the function see it by `trigger`, and gives the documents its log events became. */
async function logThrough(
  logGroupName: string,
  tags: Record<string, string>,
  trigger: () => Promise<unknown>,
) {
  const startedAt = new Date().toISOString();
  await client.send(new CreateLogGroupCommand({ logGroupName, tags }));
  await trigger();
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'stream' }));
  const logEvents = ['one', 'two'].map((message) => ({ timestamp: Date.now(), message }));
  await client.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'stream', logEvents }));
  await awaitSettled(stack, startedAt, 1, 60);
  const source = logGroupName.split('/').at(-1);
  const documents = await readDocuments(stack, `logs-${source}-default`, ['message', 'aws.cloudwatch']);
  return [...documents.values()];
}

function documentsOf(logGroup: string) {
  return ['one', 'two'].map((message) =>
    expect.objectContaining({
      message,
      aws: { cloudwatch: expect.objectContaining({ log_group: logGroup }) },
    }),
  );
}

test('a log group of a prefix of the stage is subscribed on the next tick, once, and its logs arrive', async () => {
  const name = `/weir-auto/sub-prefix-${run}`;
  const documents = await logThrough(name, {}, async () => {
    await tick();
    await tick();
  });
  expect(documents).toHaveLength(2);
  expect(documents).toEqual(expect.arrayContaining(documentsOf(name)));
  const [group] = await describeGroups(name);
  expect(group?.filters).toEqual([{ name: FILTER_NAME, pattern: '', destinationArn }]);
});

test('a log group with the tag is subscribed as soon as it is made, and no more once the tag is gone', async () => {
  const name = `/apps/sub-tag-${run}`;
  const event = { source: 'aws.logs', detail: { requestParameters: { logGroupName: name } } };
  const documents = await logThrough(name, { weir: 'true' }, () => invoke(stack, 'subscribe', event));
  expect(documents).toHaveLength(2);
  expect(documents).toEqual(expect.arrayContaining(documentsOf(name)));
  for await (const { arn } of groups.list(name)) {
    await client.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['weir'] }));
  }
  await tick();
  expect((await describeGroups(name)).map(({ filters }) => filters)).toEqual([[]]);
});

test("neither Weir's own log groups nor those that did not ask for it are subscribed", async () => {
  const own = `/aws/lambda/Weir-local-sub-${run}`;
  const other = `/apps/sub-other-${run}`;
  await client.send(new CreateLogGroupCommand({ logGroupName: own, tags: { weir: 'true' } }));
  await client.send(new CreateLogGroupCommand({ logGroupName: other }));
  await tick();
  const all = await describeGroups();
  const subscribed = all.filter(({ filters }) => filters.some(({ name }) => name === FILTER_NAME));
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining([own, other]));
  expect(subscribed.map(({ name }) => name)).not.toContain(other);
  expect(subscribed.filter(({ name }) => name.includes('Weir-'))).toEqual([]);
});
