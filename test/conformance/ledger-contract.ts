import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Acceptance, Ledger } from '../../lib/ports/ledger.ts';

const FROM = '2026-11-21T10:00:00.000Z';
const TO = '2026-11-21T12:00:00.000Z';
const SETTLEMENT = { indexed: 3, archived_only: 0, quarantined: 1, excluded: 1, duplicate: 0 };

function acceptance(change: Partial<Acceptance> = {}): Acceptance {
  return {
    batch: randomUUID(),
    request: 'request-1',
    source: 'shop',
    receivedAt: '2026-11-21T10:30:00.000Z',
    count: 5,
    bytes: 100,
    bodyHash: 'hash',
    ...change,
  };
}

/** What every Ledger does. `create` gives an empty one. */
export function defineLedgerContract(name: string, create: () => Promise<Ledger>): void {
  describe(`the ledger contract, ${name}`, () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await create();
    });

    test('keeps what was accepted', async () => {
      const given = acceptance();
      expect(await ledger.accept(given)).toBe('accepted');
      const { count, ...known } = given;
      expect(await ledger.find(given.batch)).toMatchObject({
        ...known,
        accepted: count,
        state: 'accepted',
        attempts: 0,
      });
      expect(await ledger.find('unknown')).toBeUndefined();
    });

    test('takes the same request twice for one, and another one of the same batch for a repeat', async () => {
      const given = acceptance();
      await ledger.accept(given);
      expect(await ledger.accept(given)).toBe('accepted');
      expect(await ledger.accept({ ...given, request: 'request-2' })).toBe('repeat');
      await ledger.repeat(given.batch, 5);
      expect(await ledger.find(given.batch)).toMatchObject({ accepted: 10, duplicate: 5 });
    });

    test('refuses to count a repeat of a batch that is not there', async () => {
      await expect(ledger.repeat('unknown', 1)).rejects.toThrow();
      expect(await ledger.find('unknown')).toBeUndefined();
    });

    test('counts the attempts, and makes the entry where process is faster than the intake', async () => {
      const given = acceptance();
      expect(await ledger.begin(given)).toEqual({ kind: 'open', earlierAttempts: 0 });
      expect(await ledger.begin(given)).toEqual({ kind: 'open', earlierAttempts: 1 });
      expect(await ledger.accept(given)).toBe('accepted');
      expect(await ledger.find(given.batch)).toMatchObject({ accepted: 5, attempts: 2 });
    });

    test('settles once, keeps repeats that came before, and is closed then', async () => {
      const given = acceptance();
      await ledger.accept(given);
      await ledger.repeat(given.batch, 5);
      expect(await ledger.settle(given.batch, SETTLEMENT, 5)).toBe('settled');
      expect(await ledger.settle(given.batch, SETTLEMENT, 5)).toBe('already-settled');
      expect(await ledger.find(given.batch)).toMatchObject({
        state: 'settled',
        accepted: 10,
        ...SETTLEMENT,
        duplicate: 5,
        decoded: 5,
      });
      expect(await ledger.begin(given)).toEqual({ kind: 'closed' });
      expect(await ledger.accept(given)).toBe('accepted');
      expect(await ledger.oldestOpen()).toBeUndefined();
    });

    test('moves what was parked to where it went, once', async () => {
      const given = acceptance();
      await ledger.accept(given);
      await ledger.repeat(given.batch, 2);
      const parking = { ...SETTLEMENT, indexed: 0, archived_only: 4, quarantined: 0 };
      expect(await ledger.settle(given.batch, parking, 5, 3)).toBe('settled');
      expect(await ledger.find(given.batch)).toMatchObject({ state: 'settled', archived_only: 4, parked: 3 });
      const recovery = { indexed: 1, quarantined: 1, duplicate: 1 };
      const outcomes = await Promise.all([1, 2, 3].map(() => ledger.recover(given.batch, recovery)));
      expect(outcomes.sort()).toEqual(['not-parked', 'not-parked', 'recovered']);
      const entry = await ledger.find(given.batch);
      expect(entry).toMatchObject({
        ...{ accepted: 7, indexed: 1, archived_only: 1, quarantined: 1, excluded: 1, duplicate: 3 },
      });
      expect(entry).not.toHaveProperty('parked');
    });

    test('has nothing to recover of a batch that is open, was not parked or is not there', async () => {
      const open = acceptance();
      const settled = acceptance();
      for (const given of [open, settled]) await ledger.accept(given);
      await ledger.settle(settled.batch, SETTLEMENT, 5);
      const before = [await ledger.find(open.batch), await ledger.find(settled.batch)];
      for (const batch of [open.batch, settled.batch, 'unknown']) {
        expect(await ledger.recover(batch, { indexed: 1, quarantined: 0, duplicate: 0 })).toBe('not-parked');
      }
      expect([await ledger.find(open.batch), await ledger.find(settled.batch)]).toEqual(before);
      expect(await ledger.find('unknown')).toBeUndefined();
    });

    test('takes a parked batch for open until it is recovered: its records are still to come', async () => {
      const given = acceptance();
      await ledger.accept(given);
      await ledger.settle(given.batch, { ...SETTLEMENT, indexed: 0, archived_only: 3 }, 5, 3);
      expect(await ledger.oldestOpen()).toBe(given.receivedAt);
      expect(await ledger.begin(given)).toEqual({ kind: 'closed' });
      await ledger.recover(given.batch, { indexed: 3, quarantined: 0, duplicate: 0 });
      expect(await ledger.oldestOpen()).toBeUndefined();
    });

    test('has nothing to begin for a request that reused a key for another body', async () => {
      const given = acceptance();
      await ledger.accept(given);
      expect(await ledger.begin({ ...given, request: 'request-2', bodyHash: 'other' })).toEqual({
        kind: 'closed',
      });
      expect(await ledger.find(given.batch)).toMatchObject({ attempts: 0 });
    });

    test('lets exactly one of many settle', async () => {
      const given = acceptance();
      await ledger.accept(given);
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, () => ledger.settle(given.batch, SETTLEMENT, 5)),
      );
      expect(outcomes.filter((outcome) => outcome === 'settled')).toHaveLength(1);
      expect(await ledger.find(given.batch)).toMatchObject(SETTLEMENT);
    });

    test('names the oldest open batch', async () => {
      for (const minute of ['40', '20', '30']) {
        await ledger.accept(acceptance({ receivedAt: `2026-11-21T10:${minute}:00.000Z` }));
      }
      expect(await ledger.oldestOpen()).toBe('2026-11-21T10:20:00.000Z');
    });

    test('reports the sums of a range, what is open and what does not add up', async () => {
      const good = acceptance();
      const wrong = acceptance({ receivedAt: '2026-11-21T11:59:59.999Z', count: 6 });
      const open = acceptance({ receivedAt: FROM });
      const outside = acceptance({ receivedAt: TO });
      for (const given of [good, wrong, open, outside]) await ledger.accept(given);
      await ledger.settle(good.batch, SETTLEMENT, 5);
      await ledger.settle(wrong.batch, SETTLEMENT, 5);
      const report = await ledger.report(FROM, TO);
      expect(report.batches).toBe(3);
      expect(report.sums).toEqual({
        accepted: 16,
        indexed: 6,
        archived_only: 0,
        quarantined: 2,
        excluded: 2,
        duplicate: 0,
      });
      expect(report.open.map(({ batch }) => batch)).toEqual([open.batch]);
      expect(report.unbalanced.map(({ batch }) => batch)).toEqual([wrong.batch]);
    });
  });
}
