import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { startTestIntake, type TestIntake } from './start-test-intake.ts';
import { type Notice, type ShipperOptions, WeirShipper } from './weir-shipper.ts';

function createShipper(url: string, options: Partial<ShipperOptions> = {}) {
  const notices: Notice[] = [];
  const shipper = new WeirShipper({
    target: { url, ingestKey: 'wk_test' },
    source: 'orders-api',
    report: (notice) => notices.push(notice),
    flushIntervalMs: 10,
    firstDelayMs: 5,
    maxDelayMs: 20,
    cooldownMs: 30,
    ...options,
  });
  return { shipper, notices };
}

function shipLines(shipper: WeirShipper, first: number, count: number): string[] {
  const lines = Array.from({ length: count }, (_, index) => `{"n":${first + index}}`);
  for (const line of lines) shipper.ship(line);
  return lines;
}

/** Waits until the intake has these lines and the shipper knows it. */
function allStored(intake: TestIntake, shipper: WeirShipper, lines: readonly string[]): Promise<void> {
  return vi.waitFor(
    () => {
      expect(intake.stored()).toEqual(lines);
      expect(shipper.stats.buffered).toBe(0);
    },
    { timeout: 10_000, interval: 5 },
  );
}

describe('WeirShipper', { timeout: 30_000 }, () => {
  test('posts gzip NDJSON with the key to the source, in order, when a batch is full', async () => {
    await using intake = await startTestIntake();
    const { shipper } = createShipper(intake.url, { maxBatchLines: 10, flushIntervalMs: 60_000 });
    const lines = shipLines(shipper, 0, 30);
    await allStored(intake, shipper, lines);
    expect(intake.received.map((batch) => batch.lines.length)).toEqual([10, 10, 10]);
    expect(intake.received[0]).toMatchObject({ path: '/ingest/orders-api', authorization: 'Bearer wk_test' });
    expect(new Set(intake.received.map((batch) => batch.key)).size).toBe(3);
  });

  test('flushes a part of a batch when the interval is over', async () => {
    await using intake = await startTestIntake();
    const { shipper } = createShipper(intake.url);
    await allStored(intake, shipper, shipLines(shipper, 0, 3));
  });

  test('closes a batch by its bytes when the lines are long', async () => {
    await using intake = await startTestIntake();
    const { shipper } = createShipper(intake.url, { maxBatchBytes: 250 });
    const lines = ['a', 'b', 'c'].map((letter) => letter.repeat(100));
    for (const line of lines) shipper.ship(line);
    await allStored(intake, shipper, lines);
    expect(intake.received.map((batch) => batch.lines.length)).toEqual([2, 1]);
  });

  test('keeps the oldest lines, counts the others and says so when the buffer is full', async () => {
    const gate = Promise.withResolvers<number>();
    await using intake = await startTestIntake(() => gate.promise);
    const { shipper, notices } = createShipper(intake.url, { maxBufferedLines: 20, maxBatchLines: 10 });
    const lines = shipLines(shipper, 0, 25);
    expect(shipper.stats).toEqual({ buffered: 20, dropped: 5 });
    gate.resolve(202);
    await allStored(intake, shipper, lines.slice(0, 20));
    expect(notices).toEqual([{ kind: 'dropped', lines: 5 }]);
  });

  test('bounds the buffer by bytes as well', async () => {
    await using intake = await startTestIntake();
    const { shipper } = createShipper(intake.url, { maxBufferedBytes: 1000 });
    for (let line = 0; line < 5; line += 1) shipper.ship('x'.repeat(300));
    expect(shipper.stats).toEqual({ buffered: 3, dropped: 2 });
    await shipper.close(1000);
  });

  test('sends the same bytes under the same Idempotency-Key when an attempt fails', async () => {
    await using intake = await startTestIntake((request) => [503, 'hang-up' as const, 429][request] ?? 202);
    const { shipper } = createShipper(intake.url);
    const lines = shipLines(shipper, 0, 4);
    await allStored(intake, shipper, lines);
    expect(intake.received).toHaveLength(4);
    expect(new Set(intake.received.map((batch) => batch.key)).size).toBe(1);
    for (const batch of intake.received) expect(batch.lines).toEqual(lines);
  });

  test('loses nothing and repeats nothing when the intake is down and comes back', async () => {
    const gone = await startTestIntake();
    const port = Number(new URL(gone.url).port);
    await gone[Symbol.asyncDispose]();
    const { shipper, notices } = createShipper(gone.url, { maxBatchLines: 10, failuresToOpen: 2 });
    const lines = shipLines(shipper, 0, 35);
    await vi.waitFor(() => expect(notices).toEqual([{ kind: 'unreachable', reason: 'ECONNREFUSED' }]));
    await using intake = await startTestIntake(() => 202, port);
    await allStored(intake, shipper, lines);
    expect(notices.at(-1)).toEqual({ kind: 'recovered' });
    expect(shipper.stats).toEqual({ buffered: 0, dropped: 0 });
  });

  test('waits as long as Retry-After says', async () => {
    await using intake = await startTestIntake((request) =>
      request === 0 ? { status: 429, retryAfter: '1' } : 202,
    );
    const { shipper } = createShipper(intake.url);
    await allStored(intake, shipper, shipLines(shipper, 0, 1));
    const [first, second] = intake.received;
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(990);
  });

  test('reports a refused key, gives the batch up and slows down when the answer is 401', async () => {
    await using intake = await startTestIntake((request) => (request === 0 ? 401 : 202));
    const { shipper, notices } = createShipper(intake.url, { cooldownMs: 200 });
    shipLines(shipper, 0, 3);
    await vi.waitFor(() => expect(notices).toEqual([{ kind: 'refused', lines: 3, reason: 'HTTP 401' }]));
    await allStored(intake, shipper, shipLines(shipper, 3, 2));
    const [first, second] = intake.received;
    expect(intake.received).toHaveLength(2);
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(190);
  });

  test('makes no request while the breaker is open', async () => {
    await using intake = await startTestIntake(() => 503);
    const { shipper } = createShipper(intake.url, { failuresToOpen: 2, cooldownMs: 60_000 });
    shipLines(shipper, 0, 1);
    await vi.waitFor(() => expect(intake.received).toHaveLength(2));
    await sleep(100);
    expect(intake.received).toHaveLength(2);
    await shipper.close(50);
  });

  test('takes lines while the intake does not answer', async () => {
    const gate = Promise.withResolvers<number>();
    await using intake = await startTestIntake(() => gate.promise);
    const { shipper } = createShipper(intake.url, { maxBatchLines: 100 });
    const lines = shipLines(shipper, 0, 1000);
    expect(shipper.stats).toEqual({ buffered: 1000, dropped: 0 });
    gate.resolve(202);
    await allStored(intake, shipper, lines);
  });

  test('delivers everything when closed, without waiting for the interval or the breaker', async () => {
    await using intake = await startTestIntake((request) => (request === 0 ? 503 : 202));
    const { shipper } = createShipper(intake.url, {
      failuresToOpen: 1,
      cooldownMs: 60_000,
      maxBatchLines: 4,
    });
    const lines = shipLines(shipper, 0, 10);
    await vi.waitFor(() => expect(intake.received).toHaveLength(1));
    await shipper.close(5000);
    expect(intake.stored()).toEqual(lines);
  });

  test('gives up in time and says how many lines are lost when closed with no intake', async () => {
    const gone = await startTestIntake();
    await gone[Symbol.asyncDispose]();
    const { shipper, notices } = createShipper(gone.url, { flushIntervalMs: 60_000 });
    shipLines(shipper, 0, 7);
    await shipper.close(100);
    expect(notices.at(-1)).toEqual({ kind: 'dropped', lines: 7 });
    expect(shipper.stats).toEqual({ buffered: 0, dropped: 7 });
  });
});
