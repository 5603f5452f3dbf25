import { beforeEach, describe, expect, test } from 'vitest';
import { sampleEvent } from '../../lib/core/alert/event.fixture.ts';
import type { AlertState } from '../../lib/core/alert/state.ts';
import type { AlertStateStore } from '../../lib/ports/alert-state-store.ts';

const T1 = '2026-01-01T12:00:00.000Z';
const T2 = '2026-01-01T12:01:00.000Z';
const KEY = { rule: 'orders-errors', group: 'all' };

const EVENT = sampleEvent({ operator: 'greater_than', threshold: 0.5, completeness: 0.25 });

function stateOf(lastWindowEnd: number, outbox: AlertState['outbox'] = []): AlertState {
  return {
    ...KEY,
    rule_version: 'v1',
    status: 'firing',
    last_window_end: lastWindowEnd,
    breaches: [],
    windows: { decided: 1, undecided: 0, missed: 0 },
    episode: {
      id: 'ep_1',
      started_at: 60,
      severity: 'warning',
      threshold: 0.5,
      value: 3,
      peak: 3,
      sequence: 1,
      told: ['webhook'],
      notified_at: 60,
      suppressed: 0,
      last_breach_at: 60,
      clears: 0,
      milder: 0,
    },
    outbox,
  };
}

const UNSENT = [{ event: EVENT, channel: 'webhook' }];

/** What every AlertStateStore does. `create` gives an empty one. */
export function defineAlertStateStoreContract(name: string, create: () => Promise<AlertStateStore>): void {
  describe(`the alert state store contract, ${name}`, () => {
    let store: AlertStateStore;
    beforeEach(async () => {
      store = await create();
    });

    test('gives back what was written, and nothing for a state that is not there', async () => {
      const state = stateOf(60, UNSENT);
      expect(await store.compareAndSet(0, state, T1)).toEqual({ kind: 'stored', version: 1 });
      expect(await store.load([KEY, { rule: 'other', group: 'all' }])).toEqual([{ state, version: 1 }]);
    });

    test('forgets an episode that is over', async () => {
      await store.compareAndSet(0, stateOf(60), T1);
      const { episode: _over, ...state } = stateOf(120);
      await store.compareAndSet(1, state, T2);
      expect(await store.load([KEY])).toEqual([{ state, version: 2 }]);
    });

    test('lets one of two writers of the same version win', async () => {
      await store.compareAndSet(0, stateOf(60), T1);
      const writes = await Promise.all([
        store.compareAndSet(1, stateOf(120), T2),
        store.compareAndSet(1, stateOf(120), T2),
      ]);
      expect(writes.map((write) => write.kind).sort()).toEqual(['conflict', 'stored']);
    });

    test('lets one of two first writers win', async () => {
      const writes = await Promise.all([
        store.compareAndSet(0, stateOf(60), T1),
        store.compareAndSet(0, stateOf(60), T1),
      ]);
      expect(writes.map((write) => write.kind).sort()).toEqual(['conflict', 'stored']);
    });

    test('refuses a window that is not after the stored one', async () => {
      await store.compareAndSet(0, stateOf(120), T1);
      expect(await store.compareAndSet(1, stateOf(120), T2)).toEqual({ kind: 'conflict' });
      expect(await store.compareAndSet(1, stateOf(60), T2)).toEqual({ kind: 'conflict' });
    });

    test('refuses an old version although its window is new', async () => {
      await store.compareAndSet(0, stateOf(60), T1);
      await store.compareAndSet(1, stateOf(120), T1);
      expect(await store.compareAndSet(1, stateOf(180), T2)).toEqual({ kind: 'conflict' });
    });

    test('lists an outbox that was left, and no longer when it was emptied', async () => {
      await store.compareAndSet(0, stateOf(60, UNSENT), T1);
      expect(await store.listUnsent(T1)).toEqual([]);
      expect(await store.listUnsent(T2)).toEqual([{ state: stateOf(60, UNSENT), version: 1 }]);
      expect(await store.clearOutbox(1, KEY, T2)).toEqual({ kind: 'stored', version: 2 });
      expect(await store.listUnsent('2027-01-01T00:00:00.000Z')).toEqual([]);
      expect(await store.load([KEY])).toEqual([{ state: stateOf(60), version: 2 }]);
    });

    test('leaves the outbox of a state that somebody else has written since', async () => {
      await store.compareAndSet(0, stateOf(60, UNSENT), T1);
      await store.compareAndSet(1, stateOf(120, UNSENT), T1);
      expect(await store.clearOutbox(1, KEY, T2)).toEqual({ kind: 'conflict' });
      expect(await store.listUnsent(T2)).toHaveLength(1);
    });

    test('never lists a state without messages', async () => {
      await store.compareAndSet(0, stateOf(60), T1);
      expect(await store.listUnsent(T2)).toEqual([]);
    });
  });
}
