import type { Recovery, Settlement } from '../../core/batch/law.ts';
import type { ConditionalUpdate } from './update-if.ts';

/** Closes a batch that is open. A parked batch stays in the index `open`: its records are still to come. */
export function settlementUpdate(
  batch: string,
  settlement: Settlement,
  decoded: number,
  parked: number,
): ConditionalUpdate {
  const ending = parked > 0 ? ', parked = :parked' : ' REMOVE #open';
  return {
    Key: { batch },
    // ADD, because a repeated request may have counted its records as duplicates before.
    UpdateExpression: `SET #state = :settled, decoded = :decoded${ending} ADD #indexed :indexed, archived_only :archived_only, quarantined :quarantined, excluded :excluded, duplicate :duplicate`,
    ConditionExpression: '#state = :accepted',
    ExpressionAttributeNames: {
      '#state': 'state',
      '#indexed': 'indexed',
      ...(parked > 0 ? {} : { '#open': 'open' }),
    },
    ExpressionAttributeValues: {
      ':settled': 'settled',
      ':accepted': 'accepted',
      ':decoded': decoded,
      ':indexed': settlement.indexed,
      ':archived_only': settlement.archived_only,
      ':quarantined': settlement.quarantined,
      ':excluded': settlement.excluded,
      ':duplicate': settlement.duplicate,
      ...(parked > 0 ? { ':parked': parked } : {}),
    },
  };
}

/** Moves what is parked of a batch to where it went. */
export function recoveryUpdate(batch: string, recovery: Recovery): ConditionalUpdate {
  return {
    Key: { batch },
    UpdateExpression:
      'SET archived_only = archived_only - parked REMOVE parked, #open ADD #indexed :indexed, quarantined :quarantined, duplicate :duplicate',
    ConditionExpression: 'attribute_exists(parked)',
    ExpressionAttributeNames: { '#open': 'open', '#indexed': 'indexed' },
    ExpressionAttributeValues: {
      ':indexed': recovery.indexed,
      ':quarantined': recovery.quarantined,
      ':duplicate': recovery.duplicate,
    },
  };
}
