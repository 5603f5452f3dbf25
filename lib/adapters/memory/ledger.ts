import { addSettlements, NOTHING_SETTLED } from '../../core/batch/law.ts';
import { type LedgerEntry, reportLaw } from '../../core/batch/law-report.ts';
import type { Acceptance, Ledger } from '../../ports/ledger.ts';

/** A Ledger that lives as long as the process. */
export function createMemoryLedger(): Ledger & { readonly entries: ReadonlyMap<string, LedgerEntry> } {
  const entries = new Map<string, LedgerEntry>();
  const openEntry = (acceptance: Acceptance): LedgerEntry => {
    const { count, ...known } = acceptance;
    return { ...known, ...NOTHING_SETTLED, state: 'accepted', accepted: count, attempts: 0 };
  };
  return {
    entries,
    async find(batch) {
      return entries.get(batch);
    },
    async accept(acceptance) {
      const entry = entries.get(acceptance.batch);
      if (entry !== undefined) return entry.request === acceptance.request ? 'accepted' : 'repeat';
      entries.set(acceptance.batch, openEntry(acceptance));
      return 'accepted';
    },
    async repeat(batch, count) {
      const entry = entries.get(batch);
      if (entry === undefined) throw new Error(`no ledger entry for batch ${batch}`);
      entries.set(batch, {
        ...entry,
        accepted: entry.accepted + count,
        duplicate: entry.duplicate + count,
      });
    },
    async begin(acceptance) {
      const entry = entries.get(acceptance.batch) ?? openEntry(acceptance);
      if (entry.state === 'settled' || entry.bodyHash !== acceptance.bodyHash) return { kind: 'closed' };
      entries.set(acceptance.batch, { ...entry, attempts: entry.attempts + 1 });
      return { kind: 'open', earlierAttempts: entry.attempts };
    },
    async settle(batch, settlement, decoded, parked = 0) {
      const entry = entries.get(batch);
      if (entry === undefined) throw new Error(`no ledger entry for batch ${batch}`);
      if (entry.state === 'settled') return 'already-settled';
      const settled = { ...entry, ...addSettlements(entry, settlement), decoded, state: 'settled' } as const;
      entries.set(batch, parked > 0 ? { ...settled, parked } : settled);
      return 'settled';
    },
    async recover(batch, recovery) {
      const found = entries.get(batch);
      if (found?.parked === undefined) return 'not-parked';
      const { parked, ...entry } = found;
      const moved = { ...NOTHING_SETTLED, ...recovery, archived_only: -parked };
      entries.set(batch, { ...entry, ...addSettlements(entry, moved) });
      return 'recovered';
    },
    async oldestOpen() {
      const open = [...entries.values()].filter(
        ({ state, parked }) => state === 'accepted' || parked !== undefined,
      );
      return open.map((entry) => entry.receivedAt).sort()[0];
    },
    async report(from, to) {
      const inRange = [...entries.values()].filter(
        (entry) => entry.receivedAt >= from && entry.receivedAt < to,
      );
      return reportLaw(inRange);
    },
  };
}
