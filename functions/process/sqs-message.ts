import type { SQSRecord } from 'aws-lambda';
import type { DeliveredMessage } from './process-batches.ts';

/** A record of Lambda's SQS event, as `process` sees it. */
export function toDeliveredMessage(record: SQSRecord): DeliveredMessage {
  return {
    messageId: record.messageId,
    body: record.body,
    sentAtMs: Number(record.attributes.SentTimestamp),
    source: record.messageAttributes['source']?.stringValue,
    receiveCount: Number(record.attributes.ApproximateReceiveCount),
  };
}
