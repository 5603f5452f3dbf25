import { describe, expect, test } from 'vitest';
import { createMemoryBreaker } from '../../lib/adapters/memory/breaker.ts';
import { createMemoryEventIndex } from '../../lib/adapters/memory/event-index.ts';
import { createMemoryLedger } from '../../lib/adapters/memory/ledger.ts';
import { createMemoryObjectStore } from '../../lib/adapters/memory/object-store.ts';
import { unpackArchive } from '../../lib/core/archive/archive-file.ts';
import { FAILURES_TO_OPEN } from '../../lib/core/batch/breaker.ts';
import { imbalance } from '../../lib/core/batch/law.ts';
import { compilePipelines } from '../../lib/core/pipeline/compile-pipelines.ts';
import { createKillSwitch, type KillPoint, killPoints } from '../../test/support/kill-switch.ts';
import { SILENT_EVENTS } from '../../test/support/silent-events.ts';
import { type DeliveredMessage, type Processing, processBatches } from './process-batches.ts';

const MESSAGES: readonly DeliveredMessage[] = ['first', 'second'].map((messageId) => ({
  messageId,
  body: ['{"message":"fine"}', '{"message":"poison"}', 'a line', '{"message":"fine"}'].join('\n'),
  sentAtMs: Date.parse('2026-11-21T10:00:00.000Z'),
  receiveCount: 1,
}));

function makeWorld() {
  const breaker = createMemoryBreaker();
  const ledger = createMemoryLedger();
  const objects = createMemoryObjectStore();
  const index = createMemoryEventIndex(({ json }) =>
    json.includes('poison') ? { kind: 'rejected', type: 'bad', reason: 'refused' } : undefined,
  );
  return { breaker, ledger, objects, index };
}

type World = ReturnType<typeof makeWorld>;

/** Runs one invocation, killed at `point`. Returns how many side effects it had. */
async function invoke(world: World, receiveCount: number, point?: KillPoint): Promise<number> {
  const { guard, run, effects } = createKillSwitch(point);
  const { breaker, ledger, objects, index } = world;
  const processing: Processing = {
    ledger: { ...ledger, begin: guard(ledger.begin), settle: guard(ledger.settle) },
    objects: { ...objects, put: guard(objects.put) },
    index: { ...index, create: guard(index.create) },
    now: () => 0,
    breaker: { ...breaker, fail: guard(breaker.fail), succeed: guard(breaker.succeed) },
    pipelines: compilePipelines([], {}),
    events: SILENT_EVENTS,
    maxOpenBytes: 1_000_000,
    archiveCompression: 'zstd',
  };
  const messages = MESSAGES.map((message) => ({ ...message, receiveCount }));
  await run(processBatches(processing, messages, Number.POSITIVE_INFINITY));
  return effects();
}

function stateOf({ ledger, objects, index }: World) {
  const idsUnder = (prefix: string) => {
    const found = [...objects.objects].filter(([key]) => key.startsWith(prefix));
    return [
      ...new Set(found.flatMap(([key, bytes]) => unpackArchive(key, bytes).map(({ _id }) => _id))),
    ].sort();
  };
  return {
    entries: [...ledger.entries.values()]
      .map(({ attempts: _, ...entry }) => entry)
      .sort((left, right) => (left.batch < right.batch ? -1 : 1)),
    documents: [...index.documents.keys()].sort(),
    archived: idsUnder('archive/'),
    parked: idsUnder('parked/'),
    quarantine: [...objects.objects.keys()].filter((key) => key.startsWith('quarantine/')).sort(),
  };
}

async function undisturbed() {
  const world = makeWorld();
  const effects = await invoke(world, 1);
  return { effects, state: stateOf(world) };
}

const { effects: EFFECTS, state: EXPECTED } = await undisturbed();
const KILLS = killPoints(EFFECTS);

describe('process, killed between two side effects', () => {
  test('the undisturbed run balances, with something in each place', () => {
    expect(EFFECTS).toBeGreaterThanOrEqual(9);
    expect(EXPECTED.entries).toMatchObject([
      { state: 'settled', accepted: 4, indexed: 3, quarantined: 1 },
      { state: 'settled', accepted: 4, indexed: 3, quarantined: 1 },
    ]);
    expect(EXPECTED.archived).toHaveLength(6);
  });

  test.each(KILLS)('$when effect $killAt settles to the same counts after redelivery', async (point) => {
    const world = makeWorld();
    await invoke(world, 1, point);
    await invoke(world, 2);
    expect(stateOf(world)).toEqual(EXPECTED);
  });

  test.each(KILLS)('$when effect $killAt, then killed again, settles to the same counts', async (point) => {
    const world = makeWorld();
    await invoke(world, 1, point);
    await invoke(world, 2, { killAt: 3, when: 'after' });
    await invoke(world, 3);
    expect(stateOf(world)).toEqual(EXPECTED);
  });
});

describe('process, killed between two side effects while the breaker is open', () => {
  async function makeOutage(): Promise<World> {
    const world = makeWorld();
    await world.breaker.reset(FAILURES_TO_OPEN);
    return world;
  }
  /** Two batches: begun, parked and settled each. */
  const PARKING_EFFECTS = 6;

  test.each(killPoints(PARKING_EFFECTS))(
    '$when effect $killAt parks all and settles to the same counts after redelivery',
    async (point) => {
      const undisturbed = await makeOutage();
      expect(await invoke(undisturbed, 1)).toBe(PARKING_EFFECTS);
      const world = await makeOutage();
      await invoke(world, 1, point);
      await invoke(world, 2);
      expect(stateOf(world)).toEqual(stateOf(undisturbed));
      expect(stateOf(world)).toMatchObject({
        entries: Array(2).fill({ state: 'settled', accepted: 4, archived_only: 4, parked: 4, indexed: 0 }),
        ...{ documents: [], archived: [], quarantine: [] },
      });
      expect(stateOf(world).parked).toHaveLength(8);
    },
  );

  test.each(killPoints(PARKING_EFFECTS))(
    '$when effect $killAt counts each batch once when the index is back at the redelivery',
    async (point) => {
      const world = await makeOutage();
      await invoke(world, 1, point);
      await world.breaker.reset(0);
      await invoke(world, 2);
      const { entries } = stateOf(world);
      for (const { accepted, parked = 0, indexed, archived_only, quarantined } of entries) {
        expect([accepted, archived_only]).toEqual([4, parked]);
        expect(indexed + quarantined).toBe(4 - parked);
      }
    },
  );

  test.each(KILLS)('$when effect $killAt of indexing, parks all at the redelivery', async (point) => {
    const world = makeWorld();
    await invoke(world, 1, point);
    await world.breaker.reset(FAILURES_TO_OPEN);
    await invoke(world, 2);
    for (const entry of world.ledger.entries.values()) {
      expect(entry.state).toBe('settled');
      expect(imbalance(entry)).toBe(0);
    }
  });
});
