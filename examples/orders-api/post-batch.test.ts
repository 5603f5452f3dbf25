import { describe, expect, test } from 'vitest';
import { judge } from './post-batch.ts';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');

describe('judge', () => {
  test('finds one outcome for every status code', () => {
    const retryable = (status: number) => status === 408 || status === 429 || status >= 500;
    for (let status = 200; status < 600; status += 1) {
      const expected = status < 300 ? 'delivered' : retryable(status) ? 'retryable' : 'refused';
      expect(judge(status, null, NOW_MS).kind, `HTTP ${status}`).toBe(expected);
    }
  });

  test.each([
    ['7', 7000],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 5000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', 0],
    [null, 0],
  ])('reads Retry-After %s as %i ms', (header, waitMs) => {
    expect(judge(503, header, NOW_MS)).toMatchObject({ retryAfterMs: waitMs });
  });
});
