import { describe, expect, test } from 'vitest';
import { createMemoryLedger } from '../adapters/memory/ledger.ts';
import { createMemoryMessageQueue } from '../adapters/memory/message-queue.ts';
import { createMemoryObjectStore } from '../adapters/memory/object-store.ts';
import { type BatchKey, bodyHash } from '../core/batch/batch-key.ts';
import { inlineBytes } from '../core/batch/envelope.ts';
import { NOTHING_SETTLED } from '../core/batch/law.ts';
import { openMessage } from '../core/batch/open-message.ts';
import { splitRecords } from '../core/decode/split-records.ts';
import { acceptBatch, type BatchSinks, type Submission } from './accept-batch.ts';

const START_MS = Date.parse('2026-11-21T13:36:00.000Z');
const KEY: BatchKey = { kind: 'client', keyId: 'k', key: 'order-1' };
const SMALL = Buffer.from('one\ntwo\n');
const LARGE = Buffer.from('a line\n'.repeat(100));

function submissionOf(sent: Buffer, key?: BatchKey): Submission {
  const count = sent.toString().trim().split('\n').length;
  const common = { source: 'orders', keyId: 'k', dialect: 'text', encoding: 'identity' } as const;
  return { ...common, key, sent, bodyHash: bodyHash(sent), count };
}

function createStage() {
  const stage = {
    ledger: createMemoryLedger(),
    queue: createMemoryMessageQueue(),
    objects: createMemoryObjectStore(),
    maxInlineBytes: 500,
  };
  let nowMs = START_MS;
  let seed = 0;
  const sinks: BatchSinks = {
    ...stage,
    now: () => {
      nowMs += 1000;
      return nowMs;
    },
    random: () => {
      seed = (seed + 0.618_033_988_7) % 1;
      return seed;
    },
  };
  return { ...stage, sinks };
}
type Stage = ReturnType<typeof createStage>;

/** What `process` does to the ledger, whichever messages are on the queue. */
async function settleAll({ ledger, queue, objects }: Stage): Promise<string[]> {
  const indexed: string[] = [];
  for (const [position, message] of queue.messages.entries()) {
    const envelope = openMessage({ messageId: `m${position}`, body: message.body, sentAtMs: START_MS });
    const { batch, request, source, count, bytes } = envelope;
    const acceptance = {
      batch,
      request,
      source,
      count,
      bytes,
      receivedAt: envelope.received_at,
      bodyHash: envelope.body_hash,
    };
    if ((await ledger.begin(acceptance)).kind === 'closed') continue;
    const body =
      envelope.body.kind === 'inline' ? inlineBytes(envelope.body) : await objects.get(envelope.body.key);
    const records = [...splitRecords(envelope.dialect, body ?? Buffer.alloc(0))];
    indexed.push(...records.map(({ text }) => text));
    await ledger.settle(batch, { ...NOTHING_SETTLED, indexed: records.length }, records.length);
  }
  return indexed;
}

/** Sinks in which the function dies at the `step`th call: before the write took place, or just after it. */
function dyingSinks(sinks: BatchSinks, step: number, when: 'before' | 'after'): BatchSinks {
  let calls = 0;
  const mortal = <Arguments extends unknown[], Result>(write: (...given: Arguments) => Promise<Result>) => {
    return async (...given: Arguments): Promise<Result> => {
      calls += 1;
      if (calls === step && when === 'before') throw new Error('killed');
      const result = await write(...given);
      if (calls === step) throw new Error('killed');
      return result;
    };
  };
  return {
    ...sinks,
    ledger: { ...sinks.ledger, find: mortal(sinks.ledger.find), accept: mortal(sinks.ledger.accept) },
    queue: { send: mortal(sinks.queue.send) },
    objects: { ...sinks.objects, put: mortal(sinks.objects.put) },
  };
}

async function expectBalance({ ledger }: Stage, indexed: number): Promise<void> {
  const report = await ledger.report('2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z');
  expect(report.open).toEqual([]);
  expect(report.unbalanced).toEqual([]);
  expect(report.sums.indexed).toBe(indexed);
}

describe('acceptBatch', () => {
  test('puts a small body into the message and writes the ledger entry', async () => {
    const stage = createStage();
    const accepted = await acceptBatch(stage.sinks, submissionOf(SMALL, KEY));
    expect(accepted).toMatchObject({ kind: 'accepted', isRepeat: false });
    expect(stage.objects.objects.size).toBe(0);
    const [entry] = stage.ledger.entries.values();
    expect(entry).toMatchObject({
      accepted: 2,
      bytes: 8,
      source: 'orders',
      receivedAt: '2026-11-21T13:36:01.000Z',
    });
    const envelope = JSON.parse(stage.queue.messages[0]?.body ?? '');
    expect(envelope).toMatchObject({
      batch: entry?.batch,
      request: entry?.request,
      body: { data: 'one\ntwo\n' },
    });
  });

  test('puts a larger body into an object of its hour and sends a pointer', async () => {
    const stage = createStage();
    await acceptBatch(stage.sinks, submissionOf(LARGE, KEY));
    const { batch, request, body } = JSON.parse(stage.queue.messages[0]?.body ?? '');
    expect(body).toEqual({ kind: 'object', key: `raw/2026/11/21/13/${batch}-${request}` });
    expect(stage.objects.objects.get(body.key)).toEqual(LARGE);
  });

  test('measures the message and not the body alone', async () => {
    const stage = createStage();
    const escaped = Buffer.from('\u0001'.repeat(400));
    await acceptBatch(stage.sinks, submissionOf(escaped, KEY));
    expect(stage.objects.objects.size).toBe(1);
  });

  test('sends nothing for a repeat and counts it as a duplicate', async () => {
    const stage = createStage();
    const first = await acceptBatch(stage.sinks, submissionOf(LARGE, KEY));
    const second = await acceptBatch(stage.sinks, submissionOf(LARGE, KEY));
    expect(second).toEqual({ ...first, isRepeat: true });
    expect(stage.queue.messages).toHaveLength(1);
    expect(await settleAll(stage)).toHaveLength(100);
    await expectBalance(stage, 100);
    const third = await acceptBatch(stage.sinks, submissionOf(LARGE, KEY));
    expect(third).toEqual({ ...first, isRepeat: true });
    await expectBalance(stage, 100);
    const [entry] = stage.ledger.entries.values();
    expect(entry).toMatchObject({ accepted: 300, duplicate: 200 });
  });

  test('makes a batch of each submission without a key', async () => {
    const stage = createStage();
    await acceptBatch(stage.sinks, submissionOf(SMALL));
    await acceptBatch(stage.sinks, submissionOf(SMALL));
    expect(await settleAll(stage)).toHaveLength(4);
    await expectBalance(stage, 4);
  });

  test('refuses another body under the same key', async () => {
    const stage = createStage();
    await acceptBatch(stage.sinks, submissionOf(SMALL, KEY));
    expect(await acceptBatch(stage.sinks, submissionOf(LARGE, KEY))).toEqual({ kind: 'key-reused' });
    expect(stage.queue.messages).toHaveLength(1);
  });

  test.each([2, 5])('answers %i equal submissions at the same time with one batch', async (copies) => {
    const stage = createStage();
    const all = Array.from({ length: copies }, () => acceptBatch(stage.sinks, submissionOf(SMALL, KEY)));
    const outcomes = await Promise.all(all);
    expect(outcomes.filter((outcome) => outcome.kind === 'accepted' && !outcome.isRepeat)).toHaveLength(1);
    expect(stage.ledger.entries.size).toBe(1);
    expect(await settleAll(stage)).toEqual(['one', 'two']);
    await expectBalance(stage, 2);
    const [entry] = stage.ledger.entries.values();
    expect(entry).toMatchObject({ accepted: 2 * copies, duplicate: 2 * (copies - 1) });
  });

  test('accepts only one of two bodies that come under one key at the same time', async () => {
    const stage = createStage();
    const both = [SMALL, LARGE].map((body) => acceptBatch(stage.sinks, submissionOf(body, KEY)));
    const kinds = (await Promise.all(both)).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['accepted', 'key-reused']);
  });

  test('throws where the entry vanished between two calls', async () => {
    const stage = createStage();
    const ledger = { ...stage.ledger, accept: async () => 'repeat' as const };
    await expect(acceptBatch({ ...stage.sinks, ledger }, submissionOf(SMALL, KEY))).rejects.toThrow('gone');
  });
});

const steps = [1, 2, 3, 4].flatMap((step) => (['before', 'after'] as const).map((when) => ({ step, when })));

describe.each(steps)('acceptBatch killed $when its write $step', ({ step, when }) => {
  test.each([
    ['settled after the retry', false],
    ['settled before the retry', true],
  ])('balances when it is sent again, %s', async (_name, settleFirst) => {
    const stage = createStage();
    const dying = dyingSinks(stage.sinks, step, when);
    await expect(acceptBatch(dying, submissionOf(LARGE, KEY))).rejects.toThrow('killed');
    const indexed = settleFirst ? await settleAll(stage) : [];
    const retried = await acceptBatch(stage.sinks, submissionOf(LARGE, KEY));
    expect(retried.kind).toBe('accepted');
    indexed.push(...(await settleAll(stage)));
    expect(indexed).toHaveLength(100);
    await expectBalance(stage, 100);
  });
});
