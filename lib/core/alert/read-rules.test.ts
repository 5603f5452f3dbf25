import { describe, expect, test } from 'vitest';
import { readRules } from './read-rules.ts';
import { SAMPLE_RULE, sampleRule } from './rule.fixture.ts';

const problemsOf = (fields: Record<string, unknown>, parameters = {}) => {
  const file = { file: 'rules/sample.yaml', document: { ...SAMPLE_RULE, ...fields } };
  try {
    readRules([file], parameters);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
};

describe('readRules', () => {
  test('fills in the defaults when only the needed fields are given', () => {
    expect(sampleRule()).toMatchObject({
      mode: 'live',
      levels: [],
      windowSeconds: 60,
      everySeconds: 60,
      maxWaitSeconds: 600,
      condition: { thresholds: [{ severity: 'warning', value: 10 }], recoverAt: 10 },
      need: { breaches: 1, of: 1 },
      recover: { clears: 1, keepFiringSeconds: 0 },
      notify: { on: ['firing', 'severity_up', 'still_firing', 'resolved'], channels: ['webhook'] },
    });
  });

  test('puts deploy-time parameters in when fields refer to them', () => {
    const fields = {
      window: `\${WINDOW_MINUTES}m`,
      condition: { operator: 'greater_than_or_equal', value: `\${ALERT_THRESHOLD}` },
    };
    const [rule] = readRules([{ file: 'a.yaml', document: { ...SAMPLE_RULE, ...fields } }], {
      WINDOW_MINUTES: 5,
      ALERT_THRESHOLD: 3,
    });
    expect(rule?.windowSeconds).toBe(300);
    expect(rule?.condition.thresholds[0].value).toBe(3);
  });

  test('names the field and the known parameters when one has no value', () => {
    expect(problemsOf({ window: `\${MINUTES}m` }, { WINDOW_MINUTES: 5 })).toEqual([
      `rules/sample.yaml: window: \${MINUTES} has no value; known are WINDOW_MINUTES`,
    ]);
  });

  test('names the closest field when one is unknown', () => {
    const [problem] = problemsOf({ condition: { operater: 'equals', operator: 'equals', value: 1 } });
    expect(problem).toBe(
      'rules/sample.yaml: condition.operater: unknown field; did you mean "operator"? Allowed here: operator, thresholds, value, recover_at',
    );
  });

  test('reaches into lists when the unknown field is inside one', () => {
    const condition = { operator: 'greater_than', thresholds: [{ severity: 'error', valeu: 1, value: 1 }] };
    expect(problemsOf({ condition })[0]).toContain(
      'condition.thresholds.0.valeu: unknown field; did you mean "value"?',
    );
  });

  test('reports the problems of all files together', () => {
    const files = [
      { file: 'a.yaml', document: { ...SAMPLE_RULE, window: '5 minutes' } },
      { file: 'b.yaml', document: { ...SAMPLE_RULE, every: '90s' } },
      { file: 'c.yaml', document: 'text' },
    ];
    expect(() => readRules(files, {})).toThrow(/a\.yaml: window: .*5m\nb\.yaml: every: .*\nc\.yaml: rule: /);
  });

  test('refuses a second rule of the same id', () => {
    const files = ['a.yaml', 'b.yaml'].map((file) => ({ file, document: SAMPLE_RULE }));
    expect(() => readRules(files, {})).toThrow('b.yaml: id: "sample" is taken by a.yaml');
  });

  test.each([
    [
      'thresholds and a value',
      { operator: 'greater_than', value: 1, thresholds: [{ severity: 'error', value: 1 }] },
    ],
    ['neither of them', { operator: 'greater_than' }],
    ['recover_at beyond the threshold', { operator: 'greater_than', value: 10, recover_at: 11 }],
    ['recover_at below a less_than', { operator: 'less_than', value: 10, recover_at: 9 }],
    ['hysteresis around equals', { operator: 'equals', value: 10, recover_at: 9 }],
    [
      'a graver threshold that is easier to reach',
      {
        operator: 'greater_than',
        thresholds: [
          { severity: 'critical', value: 5 },
          { severity: 'warning', value: 10 },
        ],
      },
    ],
  ])('refuses a condition with %s', (_name, condition) => {
    expect(problemsOf({ condition })).toHaveLength(1);
  });

  test.each([
    ['more breaches than windows', { for: { breaches: 3, of: 2 } }],
    ['a channel twice', { notify: { channels: [{ id: 'webhook' }, { id: 'webhook' }] } }],
    ['a channel that does not exist', { notify: { channels: [{ id: 'pager' }] } }],
    ['a kind that does not exist', { kind: 'ratio' }],
  ])('refuses %s', (_name, fields) => {
    expect(problemsOf(fields)).toHaveLength(1);
  });

  test('keeps the version when only name, runbook, waiting or channels change', () => {
    const same = { name: 'Other', runbook: 'https://example.com/r', lag: { max_wait: '1m' } };
    expect(sampleRule(same).version).toBe(sampleRule().version);
  });

  test('changes the version when the meaning changes, or the rule is disabled', () => {
    const versions = [{}, { window: '2m' }, { filter: { levels: ['error'] } }, { mode: 'disabled' }];
    expect(new Set(versions.map((fields) => sampleRule(fields).version)).size).toBe(versions.length);
  });

  test('reads levels without regard to case', () => {
    expect(sampleRule({ filter: { levels: ['ERROR'] } }).levels).toEqual(['error']);
  });
});
