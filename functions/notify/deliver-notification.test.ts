import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createMemoryDeliveryLog } from '../../lib/adapters/memory/delivery-log.ts';
import { createMemoryMessageQueue } from '../../lib/adapters/memory/message-queue.ts';
import { sampleEvent } from '../../lib/core/alert/event.fixture.ts';
import { messageId } from '../../lib/core/notify/notification.ts';
import type { WebhookAnswer, WebhookRequest } from '../../lib/ports/notifier.ts';
import { type Courier, deliverNotification } from './deliver-notification.ts';

const NOW = Date.parse('2026-01-01T12:05:01Z');
const SECRET = Buffer.alloc(32, 7);

const EVENT = sampleEvent();
const NOTIFICATION = { event: EVENT, channel: 'webhook' };
const MESSAGE = messageId(NOTIFICATION);

const status = (code: number, retryAfter?: string): WebhookAnswer => ({
  kind: 'answered',
  status: code,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});

function setUp(answers: readonly WebhookAnswer[], changes: Partial<Courier> = {}) {
  const clock = { now: NOW };
  const left = [...answers];
  const requests: WebhookRequest[] = [];
  const log = createMemoryDeliveryLog();
  const queue = createMemoryMessageQueue();
  const courier: Courier = {
    log,
    queue,
    notifier: {
      post: async (request) => {
        requests.push(request);
        return left.shift() ?? status(200);
      },
    },
    channels: { webhook: 'https://example.com/hook?token=hidden' },
    secret: async () => SECRET,
    retrySeconds: [0, 5, 300],
    now: () => clock.now,
    random: () => 0.5,
    ...changes,
  };
  const deliver = (channel = 'webhook', changed: Partial<Courier> = {}) =>
    deliverNotification({ ...courier, ...changed }, JSON.stringify({ event: EVENT, channel }));
  return { clock, requests, log, queue, courier, deliver };
}

describe('deliverNotification', () => {
  test('posts the message once, signed, under an id that a receiver can check', async () => {
    const { deliver, requests, queue } = setUp([status(204)]);
    expect(await deliver()).toEqual({ kind: 'delivered', message: MESSAGE, attempt: 1 });
    expect(await deliver()).toEqual({ kind: 'repeated', message: MESSAGE });
    const [request] = requests;
    expect(requests).toHaveLength(1);
    expect(queue.messages).toEqual([]);
    const signed = `${MESSAGE}.${Math.floor(NOW / 1000)}.${request?.body}`;
    expect(request?.headers).toMatchObject({
      'webhook-id': MESSAGE,
      'webhook-signature': `v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`,
    });
  });

  test('keeps the id and renews the time when it tries again', async () => {
    const { clock, deliver, requests, queue } = setUp([status(503), status(200)]);
    expect(await deliver()).toEqual({ kind: 'deferred', message: MESSAGE, seconds: 5, reason: 'status 503' });
    expect(queue.messages).toEqual([{ body: JSON.stringify(NOTIFICATION), delaySeconds: 5 }]);
    clock.now += 5_000;
    expect(await deliver()).toMatchObject({ kind: 'delivered', attempt: 2 });
    expect(new Set(requests.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([MESSAGE]));
    expect(new Set(requests.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(2);
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
  });

  test('waits on when a message comes back before it is due', async () => {
    const { clock, deliver, requests } = setUp([status(429, '7200')]);
    expect(await deliver()).toMatchObject({ kind: 'deferred', seconds: 900 });
    clock.now += 900_000;
    expect(await deliver()).toMatchObject({ kind: 'waiting', seconds: 900 });
    clock.now += 6_200_000;
    expect(await deliver()).toMatchObject({ kind: 'waiting', seconds: 100 });
    expect(requests).toHaveLength(1);
    clock.now += 100_000;
    expect(await deliver()).toMatchObject({ kind: 'delivered' });
  });

  test('does not send while somebody else is sending', async () => {
    const { deliver, requests, log } = setUp([]);
    await log.claim({ message: MESSAGE, event: 'ev_1', channel: 'webhook' }, NOW, 90_000);
    expect(await deliver()).toMatchObject({ kind: 'waiting', seconds: 90 });
    expect(requests).toEqual([]);
  });

  test('tries again after an attempt of which the receiver may have heard, and says so in the log', async () => {
    const { deliver, log } = setUp([{ kind: 'ambiguous', reason: 'ETIMEDOUT' }]);
    expect(await deliver()).toMatchObject({ kind: 'deferred', reason: 'ambiguous: ETIMEDOUT' });
    expect(log.deliveries.get(MESSAGE)).toMatchObject({
      state: 'ambiguous',
      response: 'ambiguous: ETIMEDOUT',
    });
  });

  test('gives up when the schedule is used up', async () => {
    const { clock, deliver, log } = setUp([status(500), status(500), status(500)]);
    await deliver();
    clock.now += 5_000;
    await deliver();
    clock.now += 300_000;
    expect(await deliver()).toMatchObject({ kind: 'dead', reason: 'status 500, after 3 attempts' });
    expect(log.deliveries.get(MESSAGE)).toMatchObject({ state: 'dead', attempts: 3 });
  });

  test.each([
    ['a refusal', status(401), 'status 401'],
    ['a redirect', status(302), 'status 302'],
    [
      'a forbidden address',
      { kind: 'forbidden', reason: '10.0.0.1 is private' } as const,
      '10.0.0.1 is private',
    ],
  ])('gives up at once after %s', async (_name, answer, reason) => {
    const { deliver } = setUp([answer]);
    expect(await deliver()).toEqual({ kind: 'dead', message: MESSAGE, channel: 'webhook', reason });
  });

  test('turns a channel off after 410, until its address changes', async () => {
    const { courier, deliver, requests } = setUp([status(410)]);
    expect(await deliver()).toMatchObject({ kind: 'dead', reason: 'status 410' });
    const next = JSON.stringify({ ...NOTIFICATION, event: { ...EVENT, id: 'ev_2' } });
    expect(await deliverNotification(courier, next)).toMatchObject({
      kind: 'dead',
      reason: 'channel "webhook" is off: its receiver answered 410',
    });
    const moved = { ...courier, channels: { webhook: 'https://example.com/other' } };
    const third = JSON.stringify({ ...NOTIFICATION, event: { ...EVENT, id: 'ev_3' } });
    expect(await deliverNotification(moved, third)).toMatchObject({ kind: 'delivered' });
    expect(requests).toHaveLength(2);
  });

  test('says so when the channel has no address', async () => {
    const { deliver } = setUp([], { channels: { webhook: '' } });
    expect(await deliver()).toMatchObject({ kind: 'dead', reason: 'channel "webhook" has no address' });
  });

  test('waits before the first attempt when the schedule says so', async () => {
    const { deliver, requests } = setUp([], { retrySeconds: [30, 60] });
    expect(await deliver()).toMatchObject({ kind: 'waiting', seconds: 29 });
    expect(requests).toEqual([]);
  });

  test('retries one channel when the other has already been told', async () => {
    const channels = { first: 'https://first.example/', second: 'https://second.example/' };
    const { clock, deliver, requests, log } = setUp([], {
      channels,
      notifier: {
        post: async (request) => {
          requests.push(request);
          return request.url === channels.first && requests.length === 1 ? status(500) : status(200);
        },
      },
    });
    expect(await deliver('first')).toMatchObject({ kind: 'deferred' });
    expect(await deliver('second')).toMatchObject({ kind: 'delivered' });
    expect([...log.deliveries.values()].map(({ state }) => state)).toEqual(['failed', 'delivered']);
    clock.now += 5_000;
    expect(await deliver('first')).toMatchObject({ kind: 'delivered', attempt: 2 });
    expect(requests.map(({ url }) => url)).toEqual([channels.first, channels.second, channels.first]);
  });

  test('throws on a body that is not a notification, before anything is sent', async () => {
    const { courier, requests } = setUp([]);
    await expect(deliverNotification(courier, '{"event":{}}')).rejects.toThrow();
    await expect(deliverNotification(courier, 'text')).rejects.toThrow();
    expect(requests).toEqual([]);
  });

  test('keeps addresses out of what it reports and records', async () => {
    const { deliver, log } = setUp([status(500)]);
    const outcome = await deliver();
    expect(JSON.stringify([outcome, [...log.deliveries.values()]])).not.toContain('hidden');
  });
});
