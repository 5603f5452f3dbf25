import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createMemoryLedger } from '../../lib/adapters/memory/ledger.ts';
import { createMemoryMessageQueue } from '../../lib/adapters/memory/message-queue.ts';
import { createMemoryObjectStore } from '../../lib/adapters/memory/object-store.ts';
import { inlineBytes } from '../../lib/core/batch/envelope.ts';
import { openMessage } from '../../lib/core/batch/open-message.ts';
import { acceptSubscription, type SubscriptionIntake } from './accept-subscription.ts';

const PAYLOAD = {
  messageType: 'DATA_MESSAGE',
  owner: '123456789012',
  logGroup: '/aws/lambda/orders',
  logStream: 'stream',
  subscriptionFilters: ['weir'],
  logEvents: [
    { id: '001', timestamp: 1795268160123, message: 'first' },
    { id: '002', timestamp: 1795268160124, message: 'second' },
  ],
};

const pack = (payload: unknown, level = 6) => gzipSync(JSON.stringify(payload), { level }).toString('base64');

function createStage() {
  const ledger = createMemoryLedger();
  const queue = createMemoryMessageQueue();
  const acceptances: unknown[] = [];
  const intake: SubscriptionIntake = {
    ledger,
    queue,
    objects: createMemoryObjectStore(),
    events: { batchAccepted: (...given) => acceptances.push(given) },
    maxOpenBytes: 100_000,
    maxInlineBytes: 10_000,
    now: () => Date.parse('2026-11-21T13:36:00.000Z'),
    random: () => 0.5,
  };
  const envelopes = () =>
    queue.messages.map(({ body }) => openMessage({ messageId: 'm', body, sentAtMs: 0 }));
  return { intake, ledger, queue, acceptances, envelopes };
}

describe('acceptSubscription', () => {
  test('keeps the payload as it was sent, under the name of the log group', async () => {
    const { intake, envelopes, ledger, acceptances } = createStage();
    const data = pack(PAYLOAD);
    await acceptSubscription(intake, data);
    const [envelope] = envelopes();
    expect(envelope).toMatchObject({
      source: 'orders',
      key_id: '',
      dialect: 'cloudwatch',
      content_encoding: 'gzip',
      count: 2,
    });
    const body = envelope?.body;
    expect(body?.kind === 'inline' && inlineBytes(body).toString('base64')).toBe(data);
    expect([...ledger.entries.values()]).toMatchObject([{ accepted: 2, state: 'accepted' }]);
    expect(acceptances).toEqual([[2, Buffer.from(data, 'base64').length, false]]);
  });

  test.each([
    ['/aws/lambda/orders', 'orders'],
    ['orders', 'orders'],
    ['API-Gateway-Execution-Logs_abc/prod', 'prod'],
    ['/ecs/orders (eu)', 'orders-eu-'],
    ['/', 'cloudwatch'],
    [undefined, 'cloudwatch'],
  ])('names the source of log group %s: %s', async (logGroup, source) => {
    const { intake, envelopes } = createStage();
    await acceptSubscription(intake, pack({ ...PAYLOAD, logGroup }));
    expect(envelopes()[0]?.source).toBe(source);
  });

  test('ignores control messages and payloads without events', async () => {
    const { intake, queue } = createStage();
    await acceptSubscription(intake, pack({ ...PAYLOAD, messageType: 'CONTROL_MESSAGE' }));
    await acceptSubscription(intake, pack({ ...PAYLOAD, logEvents: [] }));
    expect(queue.messages).toEqual([]);
  });

  test('counts the same events as a duplicate, whatever filter or compression they came through', async () => {
    const { intake, queue, ledger } = createStage();
    await acceptSubscription(intake, pack(PAYLOAD));
    await acceptSubscription(intake, pack({ ...PAYLOAD, subscriptionFilters: ['other'] }, 1));
    expect(queue.messages).toHaveLength(1);
    expect([...ledger.entries.values()]).toMatchObject([{ accepted: 4, duplicate: 2 }]);
  });

  test('keeps equal texts of two streams, and of events without ids, apart', async () => {
    const { intake, queue } = createStage();
    await acceptSubscription(intake, pack(PAYLOAD));
    await acceptSubscription(intake, pack({ ...PAYLOAD, logStream: 'other' }));
    await acceptSubscription(intake, pack({ ...PAYLOAD, logEvents: [{ message: 'a' }] }));
    await acceptSubscription(intake, pack({ ...PAYLOAD, logEvents: [{ message: 'b' }] }));
    expect(queue.messages).toHaveLength(4);
  });

  test('throws for a payload that cannot be read, so that it is not lost', async () => {
    const { intake } = createStage();
    await expect(acceptSubscription(intake, 'bm8gZ3ppcA==')).rejects.toThrow('gzip');
    await expect(acceptSubscription(intake, pack({ hello: 1 }))).rejects.toThrow('logEvents');
    const large = pack({ ...PAYLOAD, padding: 'x'.repeat(100_000) });
    await expect(acceptSubscription(intake, large)).rejects.toThrow('100000 bytes');
  });

  test('throws where known event ids come with other contents', async () => {
    const { intake } = createStage();
    await acceptSubscription(intake, pack(PAYLOAD));
    const changed = PAYLOAD.logEvents.map((event) => ({ ...event, message: 'changed' }));
    await expect(acceptSubscription(intake, pack({ ...PAYLOAD, logEvents: changed }))).rejects.toThrow(
      'other contents',
    );
  });

  test('passes on what a failed write throws', async () => {
    const { intake } = createStage();
    const queue = { send: () => Promise.reject(new Error('queue is gone')) };
    await expect(acceptSubscription({ ...intake, queue }, pack(PAYLOAD))).rejects.toThrow('queue is gone');
  });
});
