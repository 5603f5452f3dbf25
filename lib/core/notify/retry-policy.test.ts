import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextAttempt, parseRetryAfter, statusVerdict } from './retry-policy.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');

describe('statusVerdict', () => {
  const expected = (status: number) => {
    if (status >= 200 && status <= 299) return 'delivered';
    if (status === 410) return 'gone';
    return [408, 425, 429].includes(status) || status >= 500 ? 'retry' : 'rejected';
  };

  test('is as the table says for every status from 100 to 599', () => {
    for (let status = 100; status <= 599; status += 1) {
      expect([status, statusVerdict(status)]).toEqual([status, expected(status)]);
    }
  });

  test.each([301, 302, 307, 308, 400, 401, 403, 404])('rejects %i', (status) => {
    expect(statusVerdict(status)).toBe('rejected');
  });
});

describe('nextAttempt', () => {
  test('takes the wait before the next attempt from the schedule', () => {
    const waits = [1, 2, 3].map((attempt) => nextAttempt([0, 5, 300], attempt, 0.5));
    expect(waits).toEqual([
      { kind: 'after', seconds: 5 },
      { kind: 'after', seconds: 300 },
      { kind: 'exhausted' },
    ]);
  });

  test('stays within a tenth of the schedule, whatever the jitter', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (jitter) => {
        const next = nextAttempt([0, 1000], 1, jitter);
        expect(next.kind === 'after' && next.seconds >= 900 && next.seconds <= 1100).toBe(true);
      }),
    );
  });

  test('lets Retry-After win, up to a day', () => {
    expect(nextAttempt([0, 5], 1, 0, 60)).toEqual({ kind: 'after', seconds: 60 });
    expect(nextAttempt([0, 300], 1, 0, 1)).toEqual({ kind: 'after', seconds: 1 });
    expect(nextAttempt([0, 5], 1, 0, 999_999_999)).toEqual({ kind: 'after', seconds: 86_400 });
  });

  test('ends with the schedule even when Retry-After asks for more', () => {
    expect(nextAttempt([0, 5], 2, 0, 60)).toEqual({ kind: 'exhausted' });
  });
});

describe('parseRetryAfter', () => {
  test.each([
    ['120', 120],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 12:01:00 GMT', 60],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (header, seconds) => {
    expect(parseRetryAfter(header, NOW)).toBe(seconds);
  });
});
