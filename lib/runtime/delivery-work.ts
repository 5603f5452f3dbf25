import type { QuarantinedRecord } from '../core/batch/quarantined-record.ts';

/** A document that is in the index, on its way to the archive. */
export interface ArchivedDocument {
  readonly index: string;
  readonly id: string;
  readonly json: string;
  readonly timeMs: number;
}

/** What has become of a batch's events so far. */
export interface DeliveryWork {
  readonly batch: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  /** Some of its documents may be there already. */
  readonly isRepeated: boolean;
  indexed: number;
  duplicate: number;
  readonly quarantined: QuarantinedRecord[];
  readonly archived: ArchivedDocument[];
  /** Why the batch has to be tried again, where it has to. */
  deferredBecause: string | undefined;
}

/** Begins the delivery of a batch. */
export function startDelivery(batch: string, receivedAt: string, isRepeated: boolean): DeliveryWork {
  return {
    batch,
    receivedAt,
    isRepeated,
    indexed: 0,
    duplicate: 0,
    quarantined: [],
    archived: [],
    deferredBecause: undefined,
  };
}
