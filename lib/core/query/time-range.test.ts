import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveRange, resolveTime, TimeExpression } from './time-range.ts';

const NOW = Date.UTC(2026, 10, 21, 13);

describe('resolveTime', () => {
  test.each([
    ['now', NOW],
    ['now-15m', NOW - 900_000],
    ['now-7d', NOW - 7 * 86_400_000],
    ['2026-11-21T12:00:00Z', NOW - 3_600_000],
    ['2026-11-21T12:00:00+01:00', NOW - 7_200_000],
    ['2026-11-21', Date.UTC(2026, 10, 21)],
  ])('reads %s', (text, expected) => {
    expect(resolveTime(text, NOW)).toBe(expected);
  });

  test.each(['', 'soon', 'now+1h', 'now-', 'now-1w', '1732194000', '2026-13-01'])(
    'does not read %j',
    (text) => {
      expect(resolveTime(text, NOW)).toBeUndefined();
      expect(TimeExpression.safeParse(text).error?.issues[0]?.message).toContain('now-15m');
    },
  );
});

describe('resolveRange', () => {
  test('ends now and has the default length when nothing is given', () => {
    expect(resolveRange({}, NOW, 900)).toEqual({ fromMs: NOW - 900_000, toMs: NOW });
  });

  test('takes the default length back from the end that is given', () => {
    expect(resolveRange({ to: 'now-1h' }, NOW, 900)).toEqual({
      fromMs: NOW - 4_500_000,
      toMs: NOW - 3_600_000,
    });
  });

  test('always gives times that can be written as ISO 8601, for anything that is taken', () => {
    const bound = fc.oneof(
      fc.integer({ min: 0, max: 999_999 }).map((days) => `now-${days}d`),
      fc.string(),
    );
    fc.assert(
      fc.property(bound, bound, (from, to) => {
        fc.pre(TimeExpression.safeParse(from).success && TimeExpression.safeParse(to).success);
        const range = resolveRange({ from, to }, NOW, 900);
        expect(() => [
          new Date(range.fromMs).toISOString(),
          new Date(range.toMs).toISOString(),
        ]).not.toThrow();
        expect(range.fromMs).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
