import { describe, expect, test } from 'vitest';
import { FAILURES_TO_OPEN, HALF_OPEN_FAILURES } from '../../lib/core/batch/breaker.ts';
import type { HealthCheck } from '../../lib/ports/health-check.ts';
import { makeRecoverWorld, parkBatch, type RecoverWorld } from '../../test/support/recover-world.ts';
import { type Recovering, recoverBatches } from './recover-batches.ts';

const FAR = Number.POSITIVE_INFINITY;

/** Runs once; gives what was reported of the open breaker. */
async function run({ recovering }: RecoverWorld, change: Partial<Recovering> = {}): Promise<string[]> {
  const reasons: string[] = [];
  const events = { ...recovering.events, breakerOpen: (reason: string) => reasons.push(reason) };
  await recoverBatches({ ...recovering, events, ...change }, FAR);
  return reasons;
}

const domainThat = (check: HealthCheck['check']): HealthCheck => ({ name: 'opensearch', check });

describe('recoverBatches', () => {
  test.each([
    [domainThat(async () => ({ status: 'down', detail: 'red' })), 'red'],
    [domainThat(() => Promise.reject(new TypeError('secret host'))), 'the domain does not answer: TypeError'],
  ])(
    'leaves a domain alone that is not well, and says why the breaker stays open',
    async (domain, reason) => {
      const world = makeRecoverWorld(() => expect.fail('the index was asked'));
      await parkBatch(world, 'a', ['one']);
      await world.breaker.reset(FAILURES_TO_OPEN);
      expect(await run(world, { domain })).toEqual([reason]);
      expect(await world.breaker.failures()).toBe(FAILURES_TO_OPEN);
    },
  );

  test('closes the breaker when the index takes a parked batch, and un-parks the rest', async () => {
    const world = makeRecoverWorld();
    for (const batch of ['a', 'b', 'c']) await parkBatch(world, batch, ['one', 'two']);
    await world.breaker.reset(FAILURES_TO_OPEN);
    const domain = domainThat(async () => ({ status: 'degraded', detail: 'yellow' }));
    expect(await run(world, { domain })).toEqual([]);
    expect(await world.breaker.failures()).toBe(0);
    expect(world.index.documents.size).toBe(6);
    expect([...world.objects.objects.keys()].filter((key) => key.startsWith('parked/'))).toEqual([]);
  });

  test('keeps the breaker open when the index takes nothing, however well the domain looks', async () => {
    const world = makeRecoverWorld(() => ({ kind: 'unavailable', reason: '503' }));
    await parkBatch(world, 'a', ['one']);
    await world.breaker.reset(FAILURES_TO_OPEN);
    expect(await run(world)).toEqual(['the domain looks well, and takes no documents']);
    expect(await world.breaker.failures()).toBe(FAILURES_TO_OPEN);
    expect(world.ledger.entries.get('a')).toMatchObject({ parked: 1 });
  });

  test('half-opens the breaker when nothing is parked to try the index with', async () => {
    const world = makeRecoverWorld();
    await world.breaker.reset(FAILURES_TO_OPEN + 5);
    await run(world);
    expect(await world.breaker.failures()).toBe(HALF_OPEN_FAILURES);
  });

  test('un-parks what was left while the breaker is closed, without asking the domain', async () => {
    const world = makeRecoverWorld();
    await parkBatch(world, 'a', ['one']);
    await world.breaker.fail();
    await run(world, { domain: domainThat(() => expect.fail('the domain was asked')) });
    expect(world.ledger.entries.get('a')).toMatchObject({ indexed: 1, archived_only: 0 });
    expect(await world.breaker.failures()).toBe(1);
  });

  test('is not held up by a batch that the index never takes', async () => {
    const world = makeRecoverWorld(({ id }) =>
      id.startsWith('a-stuck') ? { kind: 'unavailable', reason: '429' } : undefined,
    );
    for (const batch of ['a-stuck', 'b', 'c']) await parkBatch(world, batch, ['one']);
    await world.breaker.reset(FAILURES_TO_OPEN);
    expect(await run(world)).toEqual([]);
    expect(await world.breaker.failures()).toBe(0);
    expect(world.index.documents.size).toBe(2);
  });

  test('un-parks at most so many bytes in one run, and the rest in the next ones', async () => {
    const world = makeRecoverWorld();
    for (const batch of ['a', 'b', 'c']) await parkBatch(world, batch, ['one']);
    await run(world, { maxUnparkBytes: 1 });
    expect(world.index.documents.size).toBe(1);
    for (const _ of ['b', 'c']) await run(world, { maxUnparkBytes: 1 });
    expect(world.index.documents.size).toBe(3);
  });

  test('begins nothing after its deadline', async () => {
    const world = makeRecoverWorld();
    for (const batch of ['a', 'b', 'c']) await parkBatch(world, batch, ['one']);
    let nowMs = 0;
    const now = () => {
      nowMs += 1000;
      return nowMs;
    };
    await recoverBatches({ ...world.recovering, now }, 1500);
    expect(world.index.documents.size).toBe(1);
  });
});
