import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueWindows } from './schedule.ts';

const RULE = { windowSeconds: 300, everySeconds: 60 };
const NO_LIMIT = { maxWindows: 10_000, maxPerTick: 10_000 };

describe('dueWindows', () => {
  test('gives the window that ended at the scheduled minute, however late in it the tick is', () => {
    const expected = { windows: [{ start: 300, end: 600 }], missed: 0 };
    expect(dueWindows(RULE, 540, 600, NO_LIMIT)).toEqual(expected);
    expect(dueWindows(RULE, 540, 659, NO_LIMIT)).toEqual(expected);
  });

  test('gives nothing when the window was decided, or time went backwards', () => {
    expect(dueWindows(RULE, 600, 600, NO_LIMIT).windows).toEqual([]);
    expect(dueWindows(RULE, 600, 300, NO_LIMIT)).toEqual({ windows: [], missed: 0 });
  });

  test('catches up in order, and counts what is older than the limit', () => {
    const { windows, missed } = dueWindows(RULE, 0, 600, { maxWindows: 4, maxPerTick: 3 });
    expect(windows.map((window) => window.end)).toEqual([420, 480, 540]);
    expect(missed).toBe(6);
  });

  test('gives each aligned window end exactly once, however the ticks fall', () => {
    const ticks = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(ticks, fc.constantFrom(60, 120, 300, 3600), (times, everySeconds) => {
        const ends: number[] = [];
        for (const now of times) {
          const { windows } = dueWindows(
            { windowSeconds: 60, everySeconds },
            ends.at(-1) ?? 0,
            now,
            NO_LIMIT,
          );
          ends.push(...windows.map((window) => window.end));
        }
        const last = Math.floor(Math.max(...times) / everySeconds);
        expect(ends).toEqual(Array.from({ length: last }, (_, index) => (index + 1) * everySeconds));
      }),
    );
  });
});
