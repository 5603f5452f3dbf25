/** Where the records of a batch ended up. Each record is in exactly one of them. */
export interface Settlement {
  readonly indexed: number;
  readonly archived_only: number;
  readonly quarantined: number;
  readonly excluded: number;
  readonly duplicate: number;
}

/** Where parked records went when the index took documents again: until then they are archived only. */
export type Recovery = Pick<Settlement, 'indexed' | 'quarantined' | 'duplicate'>;

/** A batch, or a sum of batches, as the law sees it. */
export interface Account extends Settlement {
  readonly accepted: number;
}

export const NOTHING_SETTLED: Settlement = {
  indexed: 0,
  archived_only: 0,
  quarantined: 0,
  excluded: 0,
  duplicate: 0,
};

/** accepted - (indexed + archived-only + quarantined + excluded + duplicate): 0 where nothing was lost. */
export function imbalance(account: Account): number {
  return account.accepted - settledCount(account);
}

/** Records that have found their place. */
function settledCount(settlement: Settlement): number {
  return (
    settlement.indexed +
    settlement.archived_only +
    settlement.quarantined +
    settlement.excluded +
    settlement.duplicate
  );
}

/** The sum of two settlements. */
export function addSettlements(left: Settlement, right: Settlement): Settlement {
  return {
    indexed: left.indexed + right.indexed,
    archived_only: left.archived_only + right.archived_only,
    quarantined: left.quarantined + right.quarantined,
    excluded: left.excluded + right.excluded,
    duplicate: left.duplicate + right.duplicate,
  };
}
