import { type Account, addSettlements, imbalance, NOTHING_SETTLED } from './law.ts';

/** The ledger's item for one batch. */
export interface LedgerEntry extends Account {
  readonly batch: string;
  /** The request that owns the entry. */
  readonly request: string;
  readonly source: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly bytes: number;
  readonly bodyHash: string;
  readonly state: 'accepted' | 'settled';
  /** How often `process` has begun it. */
  readonly attempts: number;
  /** Records that `process` read; differs from the intake's count only where a decoder is wrong. */
  readonly decoded?: number;
  /** Of `archived_only`, those that wait under `parked/` for the index. */
  readonly parked?: number;
}

/** The sums over a time range and every batch in it that is open or does not add up. */
export interface LawReport {
  readonly batches: number;
  readonly sums: Account;
  readonly open: readonly LedgerEntry[];
  readonly unbalanced: readonly LedgerEntry[];
}

/** Adds up ledger entries and picks out those that are open or do not add up. */
export function reportLaw(entries: readonly LedgerEntry[]): LawReport {
  let sums: Account = { accepted: 0, ...NOTHING_SETTLED };
  for (const entry of entries) {
    sums = { ...addSettlements(sums, entry), accepted: sums.accepted + entry.accepted };
  }
  return {
    batches: entries.length,
    sums,
    open: entries.filter((entry) => entry.state === 'accepted'),
    unbalanced: entries.filter((entry) => entry.state === 'settled' && imbalance(entry) !== 0),
  };
}
