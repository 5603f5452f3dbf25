import { bodyHash } from '../../lib/core/batch/batch-key.ts';
import { toSourceName } from '../../lib/core/batch/source-name.ts';
import { type LogOrigin, readCloudWatch } from '../../lib/core/decode/cloudwatch-payload.ts';
import { openBody } from '../../lib/core/decode/open-body.ts';
import type { RawRecord } from '../../lib/core/decode/raw-record.ts';
import { acceptBatch, type BatchSinks } from '../../lib/runtime/accept-batch.ts';
import type { InternalEvents } from '../../lib/runtime/internal-events.ts';

/** What the intake of subscriptions works with. */
export interface SubscriptionIntake extends BatchSinks {
  readonly events: Pick<InternalEvents, 'batchAccepted'>;
  readonly maxOpenBytes: number;
}

/** A payload that cannot be taken in. Lambda repeats the event, and hands it to the on-failure destination at last. */
export class SubscriptionError extends Error {
  override readonly name = 'SubscriptionError';
}

const DEFAULT_SOURCE = 'cloudwatch';

/**
 * Makes the payload of a CloudWatch Logs subscription (base64 of gzip) durable. Control messages hold no logs and are
 * passed over. Throws SubscriptionError for a payload that cannot be read, and whatever a failed write throws.
 */
export async function acceptSubscription(intake: SubscriptionIntake, data: string): Promise<void> {
  const sent = Buffer.from(data, 'base64');
  const outcome = openBody(sent, 'gzip', intake.maxOpenBytes);
  if (outcome.kind === 'refused') throw new SubscriptionError(outcome.detail);
  const payload = readCloudWatch(outcome.body);
  if (payload.kind === 'control') return;
  if (payload.kind === 'unreadable') {
    throw new SubscriptionError('The payload is not a CloudWatch Logs message: it has no "logEvents".');
  }
  const count = payload.records.length;
  if (count === 0) return;
  const accepted = await acceptBatch(intake, {
    key: { kind: 'aws', service: 'cloudwatch', key: eventIds(payload.origin, payload.records) },
    source: sourceOf(payload.origin),
    keyId: '',
    dialect: 'cloudwatch',
    encoding: outcome.encoding,
    sent,
    // Not of the payload: it names the subscription filter too, and two filters may deliver the same events.
    bodyHash: bodyHash(Buffer.from(JSON.stringify(payload.records))),
    count,
  });
  if (accepted.kind === 'key-reused') {
    throw new SubscriptionError('These CloudWatch event ids were delivered before, with other contents.');
  }
  intake.events.batchAccepted(count, sent.length, accepted.isRepeat);
}

/** The same events again have the same key, however the payload was compressed. */
function eventIds({ owner, logGroup, logStream }: LogOrigin, records: readonly RawRecord[]): string {
  return JSON.stringify([owner, logGroup, logStream, ...records.map(({ id, text }) => id ?? text)]);
}

/** `/aws/lambda/orders` sends as `orders`; the whole log group stays in the records' fields. */
function sourceOf({ logGroup }: LogOrigin): string {
  return toSourceName(logGroup.slice(logGroup.lastIndexOf('/') + 1)) ?? DEFAULT_SOURCE;
}
