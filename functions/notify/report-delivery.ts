import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { DeliveryOutcome } from './deliver-notification.ts';

const METRICS: Readonly<Record<DeliveryOutcome['kind'], string>> = {
  delivered: 'NotificationsDelivered',
  deferred: 'NotificationsDeferred',
  waiting: 'NotificationsWaiting',
  dead: 'NotificationsDead',
  repeated: 'NotificationsRepeated',
};

/** Counts deliveries; logs attempts that failed, and as errors the messages that were given up. */
export function reportDelivery(logger: Logger, metrics: Metrics, outcome: DeliveryOutcome): void {
  const { message: id } = outcome;
  metrics.addMetric(METRICS[outcome.kind], 'Count', 1);
  if (outcome.kind === 'deferred') {
    logger.warn('NOTIFICATION_DEFERRED', { id, reason: outcome.reason, seconds: outcome.seconds });
  }
  if (outcome.kind === 'dead') {
    logger.error('NOTIFICATION_DEAD', { id, channel: outcome.channel, reason: outcome.reason });
  }
}
