import { describe, expect, test, vi } from 'vitest';
import type { HealthCheck, ServiceHealth } from '../../lib/ports/health-check.ts';
import { answers, createHealthReport } from './check-health.ts';

const says = (name: string, health: ServiceHealth): HealthCheck => ({ name, check: async () => health });

function startReport(checks: HealthCheck[]) {
  let time = 0;
  const failures: unknown[] = [];
  const report = createHealthReport({ checks, now: () => time, failed: (error) => failures.push(error) });
  return { report, failures, pass: (ms: number) => (time += ms) };
}

describe('createHealthReport', () => {
  test('is as bad as its worst service, and names each', async () => {
    const { report } = startReport([
      answers('ledger', async () => undefined),
      says('log_queue', { status: 'degraded', detail: 'there are messages in its dead-letter queue' }),
    ]);
    expect(await report()).toEqual({
      status: 'degraded',
      services: {
        ledger: { status: 'up' },
        log_queue: { status: 'degraded', detail: 'there are messages in its dead-letter queue' },
      },
    });
  });

  test('says that a service is down without saying where it is', async () => {
    const { report, failures } = startReport([
      says('ledger', { status: 'degraded' }),
      answers('opensearch', async () => {
        throw new Error('connect ECONNREFUSED 10.1.2.3:9200');
      }),
    ]);
    const health = await report();
    expect(health.status).toBe('down');
    expect(health.services['opensearch']).toEqual({ status: 'down', detail: 'does not answer' });
    expect(failures).toHaveLength(1);
  });

  test('does not wait for a service that hangs', async () => {
    vi.useFakeTimers();
    const { report } = startReport([answers('bucket', () => new Promise(() => {}))]);
    const health = report();
    await vi.advanceTimersByTimeAsync(3_000);
    expect((await health).status).toBe('down');
    vi.useRealTimers();
  });

  test('asks each service once in five seconds, however often it is asked itself', async () => {
    let asked = 0;
    const { report, pass } = startReport([answers('ledger', async () => (asked += 1))]);
    await Promise.all([report(), report()]);
    pass(4_999);
    await report();
    expect(asked).toBe(1);
    pass(1);
    await report();
    expect(asked).toBe(2);
  });
});
