import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Recovery, Settlement } from '../core/batch/law.ts';

/** Everything that Weir's functions say of themselves: a log line with a code, and a metric where it can be counted. */
export interface InternalEvents {
  batchAccepted(records: number, bytes: number, repeat: boolean): void;
  requestRefused(status: number, code: string): void;
  batchSettled(settlement: Settlement, pipeline: string): void;
  batchDeferred(batch: string, reason: string): void;
  /** The index is left alone, and batches are parked. */
  breakerOpen(reason: string): void;
  /** What was parked of a batch has been taken to the index. */
  batchRecovered(recovery: Recovery): void;
  countsDiffer(batch: string, accepted: number, decoded: number): void;
  failed(code: string, error: unknown): void;
}

/** Counts through EMF, logs through the structured logger. Healthy operation writes metrics only. */
export function createInternalEvents(logger: Logger, metrics: Metrics): InternalEvents {
  const count = (name: string, value: number): void => {
    if (value > 0) metrics.addMetric(name, 'Count', value);
  };
  return {
    batchAccepted(records, bytes, repeat) {
      count('RecordsAccepted', records);
      metrics.addMetric('BatchBytes', 'Bytes', bytes);
      count('BatchesRepeated', repeat ? 1 : 0);
    },
    requestRefused(status, code) {
      count('RequestsRefused', 1);
      logger.warn('REQUEST_REFUSED', { status, code });
    },
    batchSettled(settlement, pipeline) {
      count('RecordsIndexed', settlement.indexed);
      count('RecordsArchivedOnly', settlement.archived_only);
      count('RecordsQuarantined', settlement.quarantined);
      count('RecordsExcluded', settlement.excluded);
      count('RecordsDuplicate', settlement.duplicate);
      if (settlement.quarantined > 0) {
        logger.warn('RECORDS_QUARANTINED', { pipeline, count: settlement.quarantined });
      }
    },
    batchDeferred(batch, reason) {
      count('BatchesDeferred', 1);
      logger.warn('BATCH_DEFERRED', { batch, reason });
    },
    breakerOpen(reason) {
      count('BreakerOpen', 1);
      logger.warn('BREAKER_OPEN', { reason });
    },
    batchRecovered(recovery) {
      count('RecordsRecovered', recovery.indexed);
      count('RecordsQuarantined', recovery.quarantined);
      count('RecordsDuplicate', recovery.duplicate);
    },
    countsDiffer(batch, accepted, decoded) {
      count('CountsDiffer', 1);
      logger.error('COUNTS_DIFFER', { batch, accepted, decoded });
    },
    failed(code, error) {
      count('Failures', 1);
      logger.error(code, {
        error: error instanceof Error ? { name: error.name, message: error.message } : String(error),
      });
    },
  };
}
