import { describe, expect, test } from 'vitest';
import { checkStage, loadStage, StageError } from './load-stage.ts';

function refusal(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof StageError) return error.message;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('loadStage', () => {
  test.each(['local', 'dev', 'prod'])('reads stage %s as it is delivered', (name) => {
    expect(loadStage(name, {}).name).toBe(name);
  });

  test.each([
    [undefined, 'No stage was named'],
    ['production', 'There is no stage "production"'],
  ])('names the stages there are when it is given %s', (name, start) => {
    expect(refusal(() => loadStage(name, {}))).toBe(
      `${start}. Choose one of local, dev, prod with -c stage=NAME, for example: cdk deploy --all -c stage=dev`,
    );
  });

  test('takes what the deploying environment gives', () => {
    const stage = loadStage('dev', {
      OPENSEARCH_URL: 'https://search.example.org',
      WINDOW_MINUTES: '10',
      ALERT_THRESHOLD: '3',
      ALERT_WEBHOOK: 'https://hooks.example.org/x',
      SUBSCRIBE_PREFIXES: '/aws/lambda/, apps/',
    });
    expect(stage.subscribe.prefixes).toEqual(['/aws/lambda/', 'apps/']);
    expect(stage.domain).toEqual({ kind: 'existing', endpoint: 'https://search.example.org' });
    expect(stage.alerts).toEqual({ windowMinutes: 10, threshold: 3, webhook: 'https://hooks.example.org/x' });
  });

  test('names the variable, the place and what is allowed when a value is wrong', () => {
    const message = refusal(() =>
      loadStage('dev', { OPENSEARCH_URL: 'search', WINDOW_MINUTES: 'ten', ALERT_WEBHOOK: 'ftp://x' }),
    );
    expect(message).toContain('Wrong settings of stage "dev" (lib/infra/stage/dev.ts):');
    expect(message).toContain(
      'domain.endpoint (environment variable OPENSEARCH_URL): expected an http or https URL',
    );
    expect(message).toContain(
      'alerts.windowMinutes (environment variable WINDOW_MINUTES): Invalid input: expected number',
    );
    expect(message).toContain(
      'alerts.webhook (environment variable ALERT_WEBHOOK): expected an http or https URL',
    );
  });

  test.each(['dev', 'prod'])('subscribes no log group of stage %s that does not ask for it', (name) => {
    expect(loadStage(name, {}).subscribe).toEqual({
      prefixes: [],
      tag: { key: 'weir', value: 'true' },
      exclude: [],
    });
  });

  test('refuses prefixes that no log group can have, and the empty one, which they all have', () => {
    const message = refusal(() => loadStage('dev', { SUBSCRIBE_PREFIXES: '/aws/*,' }));
    for (const place of [0, 1]) {
      expect(message).toContain(
        `subscribe.prefixes.${place} (environment variable SUBSCRIBE_PREFIXES): expected the beginning of a log group's name`,
      );
    }
  });

  test('takes private ranges in stage local only', () => {
    const environment = { ALLOWED_PRIVATE_CIDRS: '127.0.0.0/8, ::1/128' };
    expect(loadStage('local', environment).notify.allowedPrivateCidrs).toEqual(['127.0.0.0/8', '::1/128']);
    expect(refusal(() => loadStage('prod', environment))).toContain('lib/infra/stage/prod.ts');
    expect(refusal(() => loadStage('local', { ALLOWED_PRIVATE_CIDRS: '10.0.0.0' }))).toContain(
      'notify.allowedPrivateCidrs.0 (environment variable ALLOWED_PRIVATE_CIDRS): expected a range such as 10.0.0.0/8',
    );
  });
});

describe('checkStage', () => {
  const dev = loadStage('dev', {});

  test.each([
    [
      { logQueue: { ...dev.logQueue, batchWindowSeconds: 0 } },
      'logQueue.batchWindowSeconds: expected at least 1',
    ],
    [
      { logQueue: { ...dev.logQueue, visibilitySeconds: 60 } },
      'logQueue.visibilitySeconds: expected at least timeoutSeconds',
    ],
    [
      { retention: { ...dev.retention, rawDays: 14 } },
      'retention.rawDays: Too small: expected number to be >=15',
    ],
    [
      { index: { refreshSeconds: 5, replicas: 1 } },
      'index.replicas: expected fewer replicas than the domain has data nodes',
    ],
    [
      { subscribe: { prefixes: [], tag: { key: 'a=b', value: '' }, exclude: ['a b'] } },
      'subscribe.tag.key: expected a tag key',
    ],
    [{ tlsOnly: false }, 'tlsOnly: plain HTTP can be allowed in stage local only'],
  ])('refuses %j', (changes, message) => {
    expect(refusal(() => checkStage({ ...dev, ...changes }))).toContain(message);
  });

  test('lists the allowed days when a log cannot be kept for that long', () => {
    const retention = { ...dev.retention, logDays: 10 as 14 };
    expect(refusal(() => checkStage({ ...dev, retention }))).toMatch(/retention\.logDays: .*7\|14\|30/);
  });

  test('refuses a number of nodes that zones cannot share', () => {
    const domain = { kind: 'managed', instanceType: 'r7g.large.search', nodes: 4, ebsGb: 100 } as const;
    expect(refusal(() => checkStage({ ...dev, domain }))).toContain(
      'domain.nodes: expected 1, 2 or a multiple of 3',
    );
  });
});
