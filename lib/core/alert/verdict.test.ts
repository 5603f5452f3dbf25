import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Operator } from './condition.ts';
import { sampleRule } from './rule.fixture.ts';
import { judge, type Observation } from './verdict.ts';
import { completeness, watermark } from './watermark.ts';

const look = (value: number, share = 1): Observation => ({
  window: { start: 0, end: 60 },
  scheduledAt: 60,
  completeness: share,
  outcome: { kind: 'counted', value },
});
const conditionOf = (condition: Record<string, unknown>) => sampleRule({ condition }).condition;

describe('judge', () => {
  test.each([
    ['greater_than', 'clear', 'clear', 'breach'],
    ['greater_than_or_equal', 'clear', 'breach', 'breach'],
    ['less_than', 'breach', 'clear', 'clear'],
    ['less_than_or_equal', 'breach', 'breach', 'clear'],
    ['equals', 'clear', 'breach', 'clear'],
  ])('compares by %s', (operator, below, same, above) => {
    const condition = conditionOf({ operator, value: 10 });
    expect([9, 10, 11].map((value) => judge(condition, look(value)).kind)).toEqual([below, same, above]);
  });

  test('takes the gravest threshold that is breached', () => {
    const condition = conditionOf({
      operator: 'greater_than',
      thresholds: [
        { severity: 'critical', value: 50 },
        { severity: 'warning', value: 10 },
      ],
    });
    const severities = [11, 50, 51].map((value) => {
      const verdict = judge(condition, look(value));
      return verdict.kind === 'breach' ? verdict.threshold.severity : verdict.kind;
    });
    expect(severities).toEqual(['warning', 'warning', 'critical']);
  });

  test('holds when the value is between the threshold and recover_at', () => {
    const condition = conditionOf({ operator: 'greater_than', value: 10, recover_at: 5 });
    expect([5, 6, 10, 11].map((value) => judge(condition, look(value)).kind)).toEqual([
      'clear',
      'hold',
      'hold',
      'breach',
    ]);
  });

  test('is an error, and nothing else, when the query failed', () => {
    const failed: Observation = { ...look(0), outcome: { kind: 'failed', reason: 'red' } };
    expect(judge(conditionOf({ operator: 'less_than', value: 10 }), failed)).toEqual({
      kind: 'error',
      reason: 'red',
    });
  });

  test('says nothing of an incomplete window that more events could not confirm', () => {
    const operators = fc.constantFrom(...Operator.options);
    const count = fc.integer({ min: 0, max: 30 });
    const share = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(operators, count, count, share, (operator, seen, more, isThere) => {
        const condition = conditionOf({ operator, value: 10 });
        const early = judge(condition, look(seen, isThere)).kind;
        expect(['incomplete', 'breach']).toContain(early);
        if (early === 'breach') expect(judge(condition, look(seen + more)).kind).toBe('breach');
      }),
    );
  });
});

describe('watermark', () => {
  test('is the receive time of the oldest open batch less the margin', () => {
    expect(watermark('1970-01-01T00:01:40.000Z', 600, 5)).toBe(95);
  });

  test('is now less the margin when nothing is open, and never later', () => {
    expect(watermark(undefined, 600, 5)).toBe(595);
    expect(watermark('1970-01-01T01:00:00.000Z', 600, 5)).toBe(595);
  });
});

describe('completeness', () => {
  test('is the share of the window before the watermark', () => {
    const shares = [0, 100, 150, 200, 300].map((mark) => completeness({ start: 100, end: 200 }, mark));
    expect(shares).toEqual([0, 0, 0.5, 1, 1]);
  });
});
