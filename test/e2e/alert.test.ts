import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { awaitSettled, invoke, openStack, post } from './deployed-stack.ts';

const stack = openStack();
const MINUTE_MS = 60_000;
const ERRORS = 8;

interface Received {
  readonly receivedAt: string;
  readonly id: string;
  readonly verified: boolean;
  readonly answered: number;
  readonly body: string;
}

async function received(since: string): Promise<Received[]> {
  const response = await fetch(`${stack.webhookReceiverUrl}/received`);
  const all = (await response.json()) as Received[];
  return all.filter(
    ({ receivedAt, body }) => receivedAt >= since && JSON.parse(body).type === 'alert.firing',
  );
}

function answerWith(status: number): Promise<Response> {
  return fetch(`${stack.webhookReceiverUrl}/answer`, { method: 'POST', body: JSON.stringify({ status }) });
}

test('an alert fires once with several evaluators, and arrives signed once the receiver is back', async () => {
  const startedAt = new Date().toISOString();
  await answerWith(503);
  const minute = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const errors = Array.from({ length: ERRORS }, (_, number) =>
    JSON.stringify({
      '@timestamp': new Date(minute - 30_000 + number).toISOString(),
      level: 'ERROR',
      message: `failed ${number}`,
    }),
  );
  await post(stack, `orders-alert-${randomBytes(4).toString('hex')}`, errors.join('\n'));
  await awaitSettled(stack, startedAt, 1, 60);
  // Beside the schedule's own evaluator. A window that has passed is never evaluated again, so the next one will do as well.
  const evaluate = async (): Promise<void> => {
    const time = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS).toISOString();
    await Promise.all([1, 2, 3].map(() => invoke(stack, 'evaluate-alerts', { time })));
  };
  await vi.waitFor(
    async () => {
      await evaluate();
      expect((await received(startedAt)).length).toBeGreaterThan(0);
    },
    { timeout: 100_000, interval: 2_000 },
  );
  await answerWith(204);
  await vi.waitFor(
    async () => expect((await received(startedAt)).some(({ answered }) => answered === 204)).toBe(true),
    { timeout: 100_000, interval: 500 },
  );
  await evaluate();
  const deliveries = await received(startedAt);
  expect(new Set(deliveries.map(({ id }) => id)).size).toBe(1);
  expect(deliveries.every(({ verified }) => verified)).toBe(true);
  expect(deliveries.filter(({ answered }) => answered === 204)).toHaveLength(1);
});
