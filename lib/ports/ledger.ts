import type { Recovery, Settlement } from '../core/batch/law.ts';
import type { LawReport, LedgerEntry } from '../core/batch/law-report.ts';

/** What the intake knows of a batch. */
export interface Acceptance {
  readonly batch: string;
  /** The request that owns the entry; the same on every redelivery of its message. */
  readonly request: string;
  readonly source: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  /** Records. */
  readonly count: number;
  readonly bytes: number;
  readonly bodyHash: string;
}

/** Whether a batch still has to be worked on. */
export type Beginning =
  | { readonly kind: 'open'; readonly earlierAttempts: number }
  /** Settled, or another request owns the batch with another body: there is nothing to do. */
  | { readonly kind: 'closed' };

/** The record of what was accepted and where it went: one entry a batch, settled once. */
export interface Ledger {
  find(batch: string): Promise<LedgerEntry | undefined>;
  /** Records an accepted request. `repeat`: another request owns the batch already, and nothing was written. */
  accept(acceptance: Acceptance): Promise<'accepted' | 'repeat'>;
  /** Counts `count` more records of an existing batch as accepted and as duplicate, in one write. */
  repeat(batch: string, count: number): Promise<void>;
  /** Notes an attempt to process the batch, making the entry where the intake has not (yet). */
  begin(acceptance: Acceptance): Promise<Beginning>;
  /**
   * Closes the batch. `parked` of its archived-only records wait for the index. `already-settled`: another delivery was
   * first, and nothing was counted again.
   */
  settle(
    batch: string,
    settlement: Settlement,
    decoded: number,
    parked?: number,
  ): Promise<'settled' | 'already-settled'>;
  /**
   * Moves the parked records of a batch from archived-only to where they went, in one write. `not-parked`: nothing of it
   * is parked (any more), and nothing was counted again.
   */
  recover(batch: string, recovery: Recovery): Promise<'recovered' | 'not-parked'>;
  /** When the oldest batch whose records are not all where they stay, open or parked, was received (ISO 8601). */
  oldestOpen(): Promise<string | undefined>;
  /** Sums the batches received in [from, to), ISO 8601. */
  report(from: string, to: string): Promise<LawReport>;
}
