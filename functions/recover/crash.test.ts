import { describe, expect, test } from 'vitest';
import { FAILURES_TO_OPEN } from '../../lib/core/batch/breaker.ts';
import { createKillSwitch, type KillPoint, killPoints } from '../../test/support/kill-switch.ts';
import { idsUnder } from '../../test/support/process-world.ts';
import { makeRecoverWorld, parkBatch, type RecoverWorld } from '../../test/support/recover-world.ts';
import { recoverBatches } from './recover-batches.ts';

const FAR = Number.POSITIVE_INFINITY;

async function makeOutage(): Promise<RecoverWorld> {
  const world = makeRecoverWorld(({ json }) =>
    json.includes('poison') ? { kind: 'rejected', type: 'bad', reason: 'refused' } : undefined,
  );
  for (const batch of ['a', 'b', 'c']) await parkBatch(world, batch, ['one', 'poison', 'two']);
  await world.breaker.reset(FAILURES_TO_OPEN);
  return world;
}

/** Runs once, killed at `point`. Returns how many side effects it had. */
async function run({ recovering }: RecoverWorld, point?: KillPoint): Promise<number> {
  const switched = createKillSwitch(point);
  const { guard, effects } = switched;
  const { ledger, objects, index, breaker } = recovering;
  const guarded = {
    ...recovering,
    ledger: { ...ledger, recover: guard(ledger.recover) },
    objects: { ...objects, put: guard(objects.put), delete: guard(objects.delete) },
    index: { ...index, create: guard(index.create) },
    breaker: { ...breaker, reset: guard(breaker.reset) },
  };
  await switched.run(recoverBatches(guarded, FAR));
  return effects();
}

async function stateOf({ ledger, objects, index, breaker }: RecoverWorld) {
  return {
    entries: [...ledger.entries.values()],
    documents: [...index.documents.keys()].sort(),
    archived: [...new Set(idsUnder(objects.objects, 'archive/'))],
    parked: idsUnder(objects.objects, 'parked/'),
    quarantine: [...objects.objects].filter(([key]) => key.startsWith('quarantine/')).sort(),
    failures: await breaker.failures(),
  };
}

const undisturbed = await makeOutage();
const EFFECTS = await run(undisturbed);
const EXPECTED = await stateOf(undisturbed);
const KILLS = killPoints(EFFECTS);

describe('recover, killed between two side effects', () => {
  test('leaves nothing parked when it is not disturbed', () => {
    expect(EXPECTED.entries).toMatchObject(
      Array(3).fill({ accepted: 3, indexed: 2, quarantined: 1, archived_only: 0 }),
    );
    expect(EXPECTED).toMatchObject({ parked: [], failures: 0 });
    expect(EXPECTED.archived).toHaveLength(6);
    expect(EXPECTED.quarantine).toHaveLength(3);
    expect(EFFECTS).toBeGreaterThanOrEqual(16);
  });

  test.each(KILLS)('$when effect $killAt comes to the same counts in the next run', async (point) => {
    const world = await makeOutage();
    await run(world, point);
    for (const { accepted, indexed, archived_only, quarantined } of world.ledger.entries.values()) {
      expect(indexed + archived_only + quarantined).toBe(accepted);
    }
    await run(world);
    expect(await stateOf(world)).toEqual(EXPECTED);
  });

  test.each(KILLS)('$when effect $killAt, then killed again, comes to the same counts', async (point) => {
    const world = await makeOutage();
    await run(world, point);
    await run(world, { killAt: 3, when: 'after' });
    await run(world);
    expect(await stateOf(world)).toEqual(EXPECTED);
  });
});
