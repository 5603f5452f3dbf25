import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  type CreateLogGroupCommandInput,
  DeleteLogGroupCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, expect, test } from 'vitest';
import { createCloudWatchLogGroups } from '../../lib/adapters/cloudwatch-logs/log-groups.ts';
import { defineLogGroupsContract } from '../conformance/log-groups-contract.ts';
import { requireEnvironment } from '../support/require-environment.ts';

requireEnvironment('AWS_ENDPOINT_URL');
const client = new CloudWatchLogsClient({});
const made: string[] = [];

async function create(logGroupName: string, rest: Partial<CreateLogGroupCommandInput> = {}): Promise<void> {
  await client.send(new CreateLogGroupCommand({ ...rest, logGroupName }));
  made.push(logGroupName);
}

// What `subscribe` looks at in one run is bounded: they would take the turn of the log groups of other tests.
afterAll(async () => {
  for (const logGroupName of made) await client.send(new DeleteLogGroupCommand({ logGroupName }));
});

defineLogGroupsContract('CloudWatch Logs', async (initial) => {
  for (const { name, tags } of initial) await create(name, { tags });
  return createCloudWatchLogGroups();
});

test('createCloudWatchLogGroups leaves out log groups of a class that cannot be subscribed', async () => {
  const prefix = `/contract/class-${process.pid}-${Date.now()}/`;
  await create(`${prefix}cheap`, { logGroupClass: 'INFREQUENT_ACCESS' });
  await create(`${prefix}standard`, { logGroupClass: 'STANDARD' });
  const names = [];
  for await (const { name } of createCloudWatchLogGroups().list(prefix)) names.push(name);
  expect(names).toEqual([`${prefix}standard`]);
});
