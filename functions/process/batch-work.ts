import type { Envelope } from '../../lib/core/batch/envelope.ts';
import { type DeliveryWork, startDelivery } from '../../lib/runtime/delivery-work.ts';

/** One batch while this invocation works on it. */
export interface BatchWork extends DeliveryWork {
  readonly messageId: string;
  readonly envelope: Envelope;
  pipeline: string;
  decoded: number;
  excluded: number;
  /** Events that wait under `parked/` instead of being delivered. */
  parked: number;
}

/** Begins the work on a batch. */
export function startWork(messageId: string, envelope: Envelope, isRepeated: boolean): BatchWork {
  return {
    ...startDelivery(envelope.batch, envelope.received_at, isRepeated),
    messageId,
    envelope,
    pipeline: '',
    decoded: 0,
    excluded: 0,
    parked: 0,
  };
}
