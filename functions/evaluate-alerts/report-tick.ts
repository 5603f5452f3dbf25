import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { InternalEvents } from '../../lib/runtime/internal-events.ts';
import type { RuleReport, TickReport } from './evaluate-rules.ts';

/** Where a function reports to. */
export interface Reporter {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly events: InternalEvents;
}

/** Says which rule an error belongs to. */
class RuleFailure extends Error {
  override readonly name = 'RuleFailure';

  constructor(rule: string, cause: unknown) {
    super(`rule ${rule}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Logs what somebody may have to act on, and counts the rest. */
export function reportTick(reporter: Reporter, report: TickReport): void {
  if (report.recovered > 0) reporter.logger.warn('NOTIFICATIONS_RECOVERED', { count: report.recovered });
  for (const rule of report.rules) reportRule(reporter, rule);
}

function reportRule({ logger, metrics, events }: Reporter, report: RuleReport): void {
  if (report.kind === 'failed') events.failed('RULE_FAILED', new RuleFailure(report.rule, report.error));
  if (report.kind !== 'evaluated') return;
  metrics.addMetric('RulesEvaluated', 'Count', 1);
  for (const { kind, rule, severity, value, episode } of report.events) {
    metrics.addMetric('AlertEvents', 'Count', 1);
    logger.info('ALERT_EVENT', { kind, rule: rule.id, severity, value, episode });
  }
  if (report.passedOver > 0) {
    metrics.addMetric('WindowsPassedOver', 'Count', report.passedOver);
    logger.warn('WINDOWS_PASSED_OVER', { rule: report.rule, count: report.passedOver });
  }
  if (report.queryFailures.length > 0) {
    metrics.addMetric('QueriesFailed', 'Count', report.queryFailures.length);
    logger.error('RULE_NOT_COUNTED', { rule: report.rule, reasons: [...new Set(report.queryFailures)] });
  }
}
