import type { AttemptResult, Claim, DeliveryLog, DeliverySubject } from '../../ports/delivery-log.ts';
import type { DocumentConnection } from './document-client.ts';
import { unlessRefused } from './unless-refused.ts';

const KEEP_DAYS = 90;

/** The DeliveryLog in a DynamoDB table: one item for each message, and one for each channel that was turned off. */
export function createDynamoDeliveryLog(connect: DocumentConnection, table: string): DeliveryLog {
  return {
    async claim(subject, now, leaseMs) {
      const attempt = await beginAttempt(connect, table, subject, now, leaseMs);
      if (attempt !== undefined) return { kind: 'claimed', attempt };
      return whyNotClaimed(await getItem(connect, table, deliveryKey(subject.message)), now);
    },
    record: (message, attempt, result, now) => recordResult(connect, table, message, attempt, result, now),
    async disable(channel, destination, now) {
      const [client, { PutCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
      const Item = { ...channelKey(channel, destination), disabled_at: new Date(now).toISOString() };
      await client.send(new PutCommand({ TableName: table, Item }));
    },
    async isDisabled(channel, destination) {
      return (await getItem(connect, table, channelKey(channel, destination))) !== undefined;
    },
  };
}

function deliveryKey(message: string) {
  return { pk: `delivery#${message}`, sk: 'delivery' };
}

function channelKey(channel: string, destination: string) {
  return { pk: `channel#${channel}`, sk: `disabled#${destination}` };
}

async function getItem(connect: DocumentConnection, table: string, key: { pk: string; sk: string }) {
  const [client, { GetCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
  return Item;
}

/** The number of the attempt, or undefined where the message may not be attempted now. */
async function beginAttempt(
  connect: DocumentConnection,
  table: string,
  subject: DeliverySubject,
  now: number,
  leaseMs: number,
): Promise<number | undefined> {
  const [client, { UpdateCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const command = new UpdateCommand({
    TableName: table,
    Key: deliveryKey(subject.message),
    UpdateExpression:
      'SET #state = :sending, due_at = :lease_end, #event = :event, #channel = :channel, updated_at = :updated_at, expires_at = :expires_at ADD attempts :one',
    ConditionExpression:
      'attribute_not_exists(pk) OR (#state IN (:sending, :failed, :ambiguous) AND due_at <= :now)',
    ExpressionAttributeNames: { '#state': 'state', '#event': 'event', '#channel': 'channel' },
    ExpressionAttributeValues: {
      ':sending': 'sending',
      ':failed': 'failed',
      ':ambiguous': 'ambiguous',
      ':now': now,
      ':lease_end': now + leaseMs,
      ':event': subject.event,
      ':channel': subject.channel,
      ':one': 1,
      ...stamps(now),
    },
    ReturnValues: 'UPDATED_NEW',
  });
  return unlessRefused(async () => Number((await client.send(command)).Attributes?.['attempts']));
}

function whyNotClaimed(item: Record<string, unknown> | undefined, now: number): Claim {
  const state = item?.['state'];
  if (state === 'delivered' || state === 'dead') return { kind: 'finished', state };
  return { kind: 'wait', until: Number(item?.['due_at'] ?? now) };
}

async function recordResult(
  connect: DocumentConnection,
  table: string,
  message: string,
  attempt: number,
  result: AttemptResult,
  now: number,
): Promise<void> {
  const [client, { UpdateCommand }] = await Promise.all([connect(), import('@aws-sdk/lib-dynamodb')]);
  const isTriedAgain = 'nextAttemptAt' in result;
  const command = new UpdateCommand({
    TableName: table,
    Key: deliveryKey(message),
    UpdateExpression: `SET #state = :state, #response = :response, updated_at = :updated_at, expires_at = :expires_at${
      isTriedAgain ? ', due_at = :due_at' : ' REMOVE due_at'
    }`,
    ConditionExpression: '#state = :sending AND attempts = :attempt',
    ExpressionAttributeNames: { '#state': 'state', '#response': 'response' },
    ExpressionAttributeValues: {
      ':state': result.kind,
      ':response': result.response,
      ':sending': 'sending',
      ':attempt': attempt,
      ...(isTriedAgain ? { ':due_at': result.nextAttemptAt } : {}),
      ...stamps(now),
    },
  });
  await unlessRefused(() => client.send(command));
}

function stamps(now: number) {
  return {
    ':updated_at': new Date(now).toISOString(),
    ':expires_at': Math.floor(now / 1000) + KEEP_DAYS * 86_400,
  };
}
