import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { InternalEvents } from '../../lib/runtime/internal-events.ts';
import type { GroupReport } from './subscribe-log-groups.ts';

/** Where a run is reported to. */
export interface Reporter {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly events: InternalEvents;
}

/** Log groups could not be brought in line. Each has its line in the log; the message says how many they are. */
export class SubscriptionError extends Error {
  override readonly name = 'SubscriptionError';
}

/** Logs and counts what changed and what somebody may have to act on. Throws SubscriptionError where log groups failed. */
export function reportRun(reporter: Reporter, reports: readonly GroupReport[]): void {
  for (const report of reports) reportGroup(reporter, report);
  const failed = reports.filter(({ kind }) => kind === 'failed').length;
  if (failed > 0) throw new SubscriptionError(`${failed} of ${reports.length} log groups failed`);
}

function reportGroup({ logger, metrics, events }: Reporter, report: GroupReport): void {
  const { logGroup } = report;
  if (report.kind === 'subscribe') {
    metrics.addMetric('LogGroupsSubscribed', 'Count', 1);
    logger.info('LOG_GROUP_SUBSCRIBED', { logGroup });
  }
  if (report.kind === 'unsubscribe') {
    metrics.addMetric('LogGroupsUnsubscribed', 'Count', 1);
    logger.info('LOG_GROUP_UNSUBSCRIBED', { logGroup, reason: report.reason });
  }
  if (report.kind === 'conflict') {
    metrics.addMetric('SubscriptionConflicts', 'Count', 1);
    logger.warn('LOG_GROUP_HAS_NO_ROOM', { logGroup });
  }
  if (report.kind === 'failed') events.failed('LOG_GROUP_FAILED', describeFailure(logGroup, report.error));
}

function describeFailure(logGroup: string, cause: unknown): Error {
  const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new SubscriptionError(`log group ${logGroup}: ${message}`, { cause });
}
