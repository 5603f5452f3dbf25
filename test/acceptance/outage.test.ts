import { describe, expect, test } from 'vitest';
import { processBatches } from '../../functions/process/process-batches.ts';
import { recoverBatches } from '../../functions/recover/recover-batches.ts';
import { imbalance } from '../../lib/core/batch/law.ts';
import type { Delivery } from '../../lib/ports/event-index.ts';
import type { ServiceHealth } from '../../lib/ports/health-check.ts';
import { createKillSwitch, type KillPoint, killPoints } from '../support/kill-switch.ts';
import { deliver, envelopeOf, idsUnder, makeProcessWorld } from '../support/process-world.ts';

const FAR = Number.POSITIVE_INFINITY;
const LINES = ['{"message":"one"}', 'not json', '{"message":"poison"}', '{"message":"one"}'];

/** Weir with a domain that can be taken away: a queue, invocations of `process`, and the minutes of `recover`. */
function makeSystem() {
  let isDown = false;
  const world = makeProcessWorld(({ json }): Delivery | undefined => {
    if (isDown) return { kind: 'unavailable', reason: '503' };
    return json.includes('poison') ? { kind: 'rejected', type: 'bad', reason: 'refused' } : undefined;
  });
  const { processing, ledger, objects, index, breaker } = world;
  const receives = new Map<string, number>();
  const lineOf = (batch: string) => envelopeOf(batch, LINES);
  const check = async (): Promise<ServiceHealth> => ({ status: isDown ? 'down' : 'up' });
  return {
    ...world,
    setDown(down: boolean) {
      isDown = down;
    },
    send(...batches: readonly string[]) {
      for (const batch of batches) receives.set(batch, 0);
    },
    queued: () => [...receives.keys()],
    /** One invocation with everything that is queued; what it acknowledges leaves the queue. */
    async process(point?: KillPoint) {
      const { guard, run } = createKillSwitch(point);
      const messages = [...receives].map(([batch, count]) => deliver(lineOf(batch), count + 1));
      for (const [batch, count] of receives) receives.set(batch, count + 1);
      const work = processBatches(
        {
          ...processing,
          ledger: { ...ledger, begin: guard(ledger.begin), settle: guard(ledger.settle) },
          objects: { ...objects, put: guard(objects.put) },
          index: { ...index, create: guard(index.create) },
        },
        messages,
        FAR,
      ).then((failed) => {
        for (const batch of receives.keys()) {
          if (!failed.includes(`m-${lineOf(batch).batch}`)) receives.delete(batch);
        }
      });
      await run(work);
    },
    async recover() {
      const domain = { name: 'opensearch', check };
      await recoverBatches({ ...processing, domain, now: () => 0, maxUnparkBytes: 1_000_000 }, FAR);
    },
    law: () => ledger.report('2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z'),
    indexedIds: () => [...index.documents.values()].map(({ id }) => id).sort(),
    failures: breaker.failures,
  };
}

describe('an outage of the domain', () => {
  test('parks what comes in meanwhile, and has everything in its place afterwards', async () => {
    const system = makeSystem();
    system.send('before');
    await system.process();
    system.setDown(true);
    system.send('during-1', 'during-2');
    for (const _ of [1, 2, 3]) await system.process();
    expect(system.queued()).toEqual(['during-1', 'during-2']);
    system.send('during-3');
    await system.process();
    expect(system.queued()).toEqual([]);
    expect((await system.law()).sums).toEqual({
      ...{ accepted: 16, indexed: 3, archived_only: 12, quarantined: 1, excluded: 0, duplicate: 0 },
    });
    expect(idsUnder(system.objects.objects, 'parked/')).toHaveLength(12);
    await system.recover();
    expect((await system.law()).sums.archived_only).toBe(12);

    system.setDown(false);
    system.send('after-1');
    await system.process();
    expect((await system.law()).sums.archived_only).toBe(16);
    await system.recover();
    system.send('after-2');
    await system.process();

    const { sums, open, unbalanced } = await system.law();
    expect(sums).toEqual({
      ...{ accepted: 24, indexed: 18, archived_only: 0, quarantined: 6, excluded: 0, duplicate: 0 },
    });
    expect([open, unbalanced]).toEqual([[], []]);
    expect(system.indexedIds()).toHaveLength(18);
    expect(idsUnder(system.objects.objects, 'archive/')).toEqual(system.indexedIds());
    expect(idsUnder(system.objects.objects, 'parked/')).toEqual([]);
    expect(await system.failures()).toBe(0);
    expect(await system.ledger.oldestOpen()).toBeUndefined();
  });

  test('opens the breaker again at the first failure when it was half-open, and parks at once', async () => {
    const system = makeSystem();
    await system.breaker.reset(3);
    await system.recover();
    system.setDown(true);
    system.send('a');
    await system.process();
    expect(system.queued()).toEqual(['a']);
    await system.process();
    expect(system.queued()).toEqual([]);
    expect(system.ledger.entries.get(envelopeOf('a', []).batch)).toMatchObject({ parked: 4 });
  });

  // Begin, park, settle, of two batches each; and of two batches indexed in part by an attempt before.
  test.each(
    killPoints(6).flatMap((point) => [true, false].map((isBackFirst) => ({ ...point, isBackFirst }))),
  )(
    'ends the same where process is killed $when effect $killAt while it parks (back first: $isBackFirst)',
    async ({ isBackFirst, ...point }) => {
      const system = makeSystem();
      system.send('a', 'b');
      await system.process({ killAt: 3, when: 'after' });
      await system.breaker.reset(3);
      await system.process(point);
      if (isBackFirst) await system.recover();
      await system.process();
      await system.recover();
      const { sums, open, unbalanced } = await system.law();
      expect([open, unbalanced, system.queued()]).toEqual([[], [], []]);
      expect(sums).toMatchObject({ accepted: 8, indexed: 6, archived_only: 0, quarantined: 2, duplicate: 0 });
      expect(system.indexedIds()).toHaveLength(6);
      expect([...new Set(idsUnder(system.objects.objects, 'archive/'))]).toEqual(system.indexedIds());
      expect(idsUnder(system.objects.objects, 'parked/')).toEqual([]);
      for (const entry of system.ledger.entries.values()) expect(imbalance(entry)).toBe(0);
    },
  );
});
