import { describe, expect, test } from 'vitest';
import type { Fault } from '../../lib/adapters/memory/event-index.ts';
import { deliver, envelopeOf, makeProcessWorld } from '../../test/support/process-world.ts';
import { SILENT_EVENTS } from '../../test/support/silent-events.ts';
import { processBatches } from './process-batches.ts';

const FAR = Number.POSITIVE_INFINITY;
const LINES = ['{"message":"one"}', '{"message":"two"}', 'not json', '{"message":"two"}'];

describe('processBatches and the breaker', () => {
  const DOWN: Fault = () => ({ kind: 'unavailable', reason: '503' });
  const parkedKeys = ({ objects }: { readonly objects: ReadonlyMap<string, Buffer> }) =>
    [...objects.keys()].filter((key) => key.startsWith('parked/'));

  test('opens it after three invocations that gave up on the index, and parks from then on', async () => {
    const opened: string[] = [];
    const { processing, objects, ledger } = makeProcessWorld(DOWN);
    const listening = {
      ...processing,
      events: { ...SILENT_EVENTS, breakerOpen: (reason: string) => opened.push(reason) },
    };
    const envelope = envelopeOf('a', LINES);
    for (const attempt of [1, 2, 3]) {
      expect(await processBatches(listening, [deliver(envelope, attempt)], FAR)).toHaveLength(1);
    }
    expect(opened).toHaveLength(1);
    expect(await processBatches(listening, [deliver(envelope, 4)], FAR)).toEqual([]);
    expect(parkedKeys(objects)).toEqual([`parked/dt=2026-11-21/${envelope.batch}.ndjson.zst`]);
    expect(ledger.entries.get(envelope.batch)).toMatchObject({
      ...{ state: 'settled', accepted: 4, archived_only: 4, parked: 4, indexed: 0, decoded: 4 },
    });
  });

  test('counts a failing invocation once, however many of its batches it defers', async () => {
    const { processing, breaker } = makeProcessWorld(DOWN);
    const messages = ['a', 'b', 'c', 'd'].map((batch) => deliver(envelopeOf(batch, LINES)));
    expect(await processBatches(processing, messages, FAR)).toHaveLength(4);
    expect(await breaker.failures()).toBe(1);
  });

  test('forgets failures once the index takes something, and only then', async () => {
    const { processing, breaker } = makeProcessWorld();
    await breaker.fail();
    await processBatches(processing, [deliver(envelopeOf('a', []))], FAR);
    expect(await breaker.failures()).toBe(1);
    await processBatches(processing, [deliver(envelopeOf('b', LINES))], FAR);
    expect(await breaker.failures()).toBe(0);
  });

  test('never asks the index while it is open, and parks nothing of a batch without events', async () => {
    const { processing, breaker, objects, ledger } = makeProcessWorld(() =>
      expect.fail('the index was asked'),
    );
    await breaker.reset(3);
    const gone = envelopeOf('a', LINES, { body: { kind: 'object', key: 'raw/gone' } });
    expect(await processBatches(processing, [deliver(gone), deliver(envelopeOf('b', LINES))], FAR)).toEqual(
      [],
    );
    expect(ledger.entries.get(gone.batch)).toMatchObject({ quarantined: 4, archived_only: 0 });
    expect(ledger.entries.get(gone.batch)).not.toHaveProperty('parked');
    expect(parkedKeys(objects)).toHaveLength(1);
  });

  test('sends a batch back that cannot be parked, and goes on with the others', async () => {
    const { processing, breaker, objects, ledger } = makeProcessWorld();
    await breaker.reset(3);
    const [first, second] = [envelopeOf('a', LINES), envelopeOf('b', LINES)];
    const put: typeof objects.put = (key, ...rest) =>
      key.includes(first.batch) ? Promise.reject(new Error('down')) : objects.put(key, ...rest);
    const broken = { ...processing, objects: { ...objects, put } };
    expect(await processBatches(broken, [deliver(first), deliver(second)], FAR)).toEqual([
      `m-${first.batch}`,
    ]);
    expect(ledger.entries.get(first.batch)).toMatchObject({ state: 'accepted', archived_only: 0 });
    expect(ledger.entries.get(second.batch)).toMatchObject({ state: 'settled', parked: 4 });
  });

  test('tries the index where the breaker cannot be asked', async () => {
    const { processing, index } = makeProcessWorld();
    const failures = () => Promise.reject(new Error('down'));
    const broken = { ...processing, breaker: { ...processing.breaker, failures } };
    expect(await processBatches(broken, [deliver(envelopeOf('a', LINES))], FAR)).toEqual([]);
    expect(index.documents.size).toBe(4);
  });
});
