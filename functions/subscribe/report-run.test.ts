import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createInternalEvents } from '../../lib/runtime/internal-events.ts';
import { reportRun } from './report-run.ts';
import type { GroupReport } from './subscribe-log-groups.ts';

describe('reportRun', () => {
  const lines: string[] = [];

  function report(reports: readonly GroupReport[]): void {
    const logger = new Logger({ serviceName: 'subscribe' });
    const metrics = new Metrics({ namespace: 'Weir', serviceName: 'subscribe' });
    try {
      reportRun({ logger, metrics, events: createInternalEvents(logger, metrics) }, reports);
    } finally {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    }
  }

  beforeEach(() => {
    lines.length = 0;
    // Makes both write to the global console instead of their own.
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    for (const method of ['log', 'info', 'error', 'warn'] as const) {
      vi.spyOn(console, method).mockImplementation((line) => lines.push(line));
    }
    return () => {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
    };
  });

  test('says nothing of what is as it should be', () => {
    report([
      { logGroup: '/apps/a', kind: 'keep' },
      { logGroup: '/apps/b', kind: 'skip', reason: 'unmatched' },
      { logGroup: '/apps/c', kind: 'gone' },
    ]);
    expect(lines).toEqual([]);
  });

  test('names and counts what changed, and what could not', () => {
    report([
      { logGroup: '/apps/new', kind: 'subscribe' },
      { logGroup: '/apps/old', kind: 'unsubscribe', reason: 'excluded' },
      { logGroup: '/apps/full', kind: 'conflict' },
    ]);
    const output = lines.join('\n');
    for (const name of ['/apps/new', '/apps/old', 'excluded', '/apps/full']) expect(output).toContain(name);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({
      LogGroupsSubscribed: 1,
      LogGroupsUnsubscribed: 1,
      SubscriptionConflicts: 1,
    });
  });

  test('throws after everything is reported where a log group failed', () => {
    const reports: GroupReport[] = [
      { logGroup: '/apps/denied', kind: 'failed', error: new RangeError('no right') },
      { logGroup: '/apps/new', kind: 'subscribe' },
    ];
    expect(() => report(reports)).toThrow('1 of 2 log groups failed');
    expect(lines.join('\n')).toContain('log group /apps/denied: RangeError: no right');
    expect(lines.join('\n')).toContain('LOG_GROUP_SUBSCRIBED');
  });
});
